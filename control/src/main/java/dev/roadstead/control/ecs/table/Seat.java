package dev.roadstead.control.ecs.table;

import java.util.Comparator;

/// The tasks of one group on one container instance.
///
/// @param key of the instance's row
/// @param tasks at least 1
public record Seat(String key, int tasks) implements Shelf.Item {
  /// Fewest tasks first.
  static final Shelf.Order<Seat> BY_TASKS =
      new Shelf.Order<>(Seat::tasks, seat -> seat.key.hashCode(), Comparator.comparing(Seat::key));

  @Override
  public int cpuFree() {
    return 0;
  }

  @Override
  public int memoryFree() {
    return 0;
  }

  @Override
  public int gpusFree() {
    return 0;
  }
}
