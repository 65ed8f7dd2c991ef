package dev.roadstead.control.ecs.placement;

import org.jspecify.annotations.Nullable;

/// Machines between which the spreads of a chain make no difference, best first. Changes as tasks
/// are placed; lives no longer than the call.
interface Lane {
  /// The best machine that can take a task; null when none can. The same until it is taken.
  @Nullable Pick peek();

  /// A task was placed on what `peek` gave.
  void take();

  /// Whether one lane's best is better than another's: negative when `a` is.
  int compare(Pick a, Pick b);
}
