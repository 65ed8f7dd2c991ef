package dev.roadstead.control.ecs.task;

import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.wire.codec.JsonShapes;
import org.jspecify.annotations.Nullable;

/// The shapes of rows that are described again and again, as waiters and consoles do. A row never
/// changes, so neither does its shape; forgetting one only costs making it again.
final class KeptShapes {
  /// As many as the codec keeps the JSON of.
  private static final int SLOTS = 1 << 14;

  private final @Nullable Kept[] kept = new @Nullable Kept[SLOTS];

  /// Final fields: safe to hand between threads without more.
  private record Kept(Task row, software.amazon.awssdk.services.ecs.model.Task shape) {}

  /// The model's Task of a row, without tags.
  @SuppressWarnings("ReferenceEquality") // another version of the row is another row
  software.amazon.awssdk.services.ecs.model.Task of(Task row) {
    int hash = System.identityHashCode(row);
    int slot = (hash ^ (hash >>> 14)) & (SLOTS - 1);
    Kept first = kept[slot];
    if (first != null && first.row() == row) {
      return first.shape();
    }
    Kept second = kept[slot ^ 1];
    if (second != null && second.row() == row) {
      return second.shape();
    }
    Kept made = new Kept(row, TaskShape.of(row, false));
    JsonShapes.keep(made.shape());
    if (first != null) {
      kept[slot ^ 1] = first;
    }
    kept[slot] = made;
    return made.shape();
  }
}
