package dev.roadstead.control.ecs.table;

import java.util.Comparator;

/// The tasks of one group on one container instance.
///
/// @param key of the instance's row
/// @param tasks at least 1
public record Seat(String key, int tasks) implements Shelf.Item {
  /// Fewest tasks first.
  static final Comparator<Seat> BY_TASKS =
      (a, b) -> {
        int order = Integer.compare(a.tasks, b.tasks);
        return order == 0 ? a.key.compareTo(b.key) : order;
      };

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
