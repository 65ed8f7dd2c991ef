package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.Attribute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One step of the order among instances that can take the task: a smaller score is better.
sealed interface Criterion {
  long score(Slot slot);

  /// A task of the group was placed there.
  default void placed(Slot slot) {}

  /// Fewest tasks of the group on the instance itself.
  record FewestOnInstance() implements Criterion {
    @Override
    public long score(Slot slot) {
      return slot.sameGroup;
    }
  }

  /// Fewest tasks of the group over all examined instances with the same value of an attribute.
  /// Instances without it count as having one more value in common.
  final class FewestPerValue implements Criterion {
    /// By slot index: the number of its value.
    private final int[] valueOf;

    /// By number of the value: tasks of the group.
    private final int[] counts;

    private FewestPerValue(int[] valueOf, int[] counts) {
      this.valueOf = valueOf;
      this.counts = counts;
    }

    static FewestPerValue of(String attribute, List<Slot> slots) {
      Map<String, Integer> numbers = new HashMap<>();
      int[] valueOf = new int[slots.size()];
      int[] counts = new int[slots.size()];
      for (Slot slot : slots) {
        Attribute present = slot.instance.attribute(attribute);
        String value = present == null ? "" : "=" + present.value();
        Integer number = numbers.putIfAbsent(value, numbers.size());
        valueOf[slot.index] = number == null ? numbers.size() - 1 : number;
        counts[valueOf[slot.index]] += slot.sameGroup;
      }
      return new FewestPerValue(valueOf, counts);
    }

    @Override
    public long score(Slot slot) {
      return counts[valueOf[slot.index]];
    }

    @Override
    public void placed(Slot slot) {
      counts[valueOf[slot.index]]++;
    }
  }

  record LeastCpu() implements Criterion {
    @Override
    public long score(Slot slot) {
      return slot.cpuFree;
    }
  }

  record LeastMemory() implements Criterion {
    @Override
    public long score(Slot slot) {
      return slot.memoryFree;
    }
  }

  /// The smallest share reserved, of CPU or memory, whichever is larger; in parts per million.
  record LeastLoaded() implements Criterion {
    private static final long WHOLE = 1_000_000;

    @Override
    public long score(Slot slot) {
      return Math.max(
          share(slot.cpuFree, slot.instance.cpuUnits()),
          share(slot.memoryFree, slot.instance.memoryMib()));
    }

    private static long share(int free, int registered) {
      return registered <= 0 ? WHOLE : WHOLE * (registered - (long) free) / registered;
    }
  }

  record FewestTasks() implements Criterion {
    @Override
    public long score(Slot slot) {
      return slot.tasks;
    }
  }
}
