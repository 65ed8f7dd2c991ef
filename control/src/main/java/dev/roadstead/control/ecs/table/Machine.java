package dev.roadstead.control.ecs.table;

import java.util.Comparator;

/// An ACTIVE container instance as placement sees it.
///
/// @param usage what its tasks take of it; its counts by status may be those of a while ago
/// @param cpuFree CPU units that no task has reserved; negative when the instance came back with
///     less than its tasks hold
/// @param memoryFree MiB, likewise
/// @param gpusFree likewise
/// @param tasks how many are on it
/// @param load the share reserved, of CPU or memory, whichever is larger; in parts per million
public record Machine(
    ContainerInstance instance,
    Kind kind,
    InstanceUsage usage,
    int cpuFree,
    int memoryFree,
    int gpusFree,
    int tasks,
    int load)
    implements Shelf.Item {
  private static final long WHOLE = 1_000_000;
  private static final Comparator<Machine> BY_ID = Comparator.comparing(Machine::id);

  /// Least memory free first, then least CPU.
  public static final Comparator<Machine> BY_MEMORY =
      (a, b) -> {
        int order = Integer.compare(a.memoryFree, b.memoryFree);
        if (order == 0) {
          order = Integer.compare(a.cpuFree, b.cpuFree);
        }
        return order == 0 ? BY_ID.compare(a, b) : order;
      };

  /// Least CPU free first, then least memory.
  public static final Comparator<Machine> BY_CPU =
      (a, b) -> {
        int order = Integer.compare(a.cpuFree, b.cpuFree);
        if (order == 0) {
          order = Integer.compare(a.memoryFree, b.memoryFree);
        }
        return order == 0 ? BY_ID.compare(a, b) : order;
      };

  /// The smallest share reserved first, then fewest tasks.
  public static final Comparator<Machine> BY_LOAD =
      (a, b) -> {
        int order = Integer.compare(a.load, b.load);
        if (order == 0) {
          order = Integer.compare(a.tasks, b.tasks);
        }
        return order == 0 ? BY_ID.compare(a, b) : order;
      };

  static Machine of(ContainerInstance instance, Kind kind, InstanceUsage usage) {
    int cpuFree = instance.cpuUnits() - usage.cpuUnits();
    int memoryFree = instance.memoryMib() - usage.memoryMib();
    return new Machine(
        instance,
        kind,
        usage,
        cpuFree,
        memoryFree,
        instance.gpuIds().size() - usage.gpus(),
        usage.tasks(),
        load(instance, cpuFree, memoryFree));
  }

  /// The share reserved of an instance, in parts per million.
  public static int load(ContainerInstance instance, int cpuFree, int memoryFree) {
    return Math.max(share(cpuFree, instance.cpuUnits()), share(memoryFree, instance.memoryMib()));
  }

  private static int share(int free, int registered) {
    return (int)
        (registered <= 0
            ? WHOLE
            : Math.min(Integer.MAX_VALUE, WHOLE * (registered - (long) free) / registered));
  }

  public String id() {
    return instance.id();
  }

  /// With one more task, which is not in the usage yet.
  public Machine taking(Reservation more) {
    int cpu = cpuFree - more.cpuUnits();
    int memory = memoryFree - more.memoryMib();
    int gpus = gpusFree - more.gpus();
    return new Machine(
        instance, kind, usage, cpu, memory, gpus, tasks + 1, load(instance, cpu, memory));
  }

  /// How many tasks of a group are on it.
  public int tasksOf(String group) {
    return usage.groups().getOrDefault(group, 0);
  }
}
