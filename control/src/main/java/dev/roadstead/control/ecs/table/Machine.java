package dev.roadstead.control.ecs.table;

import java.util.Comparator;
import java.util.function.ToLongFunction;

/// An ACTIVE container instance as placement sees it.
///
/// @param usage what its tasks take of it; its counts by status may be those of a while ago
/// @param cpuFree CPU units that no task has reserved; negative when the instance came back with
///     less than its tasks hold
/// @param memoryFree MiB, likewise
/// @param gpusFree likewise
/// @param tasks how many are on it
/// @param key of the instance's row
/// @param tie a hash of its id
/// @param load the share reserved, of CPU or memory, whichever is larger; in parts per million
public record Machine(
    ContainerInstance instance,
    Kind kind,
    InstanceUsage usage,
    String key,
    int tie,
    int cpuFree,
    int memoryFree,
    int gpusFree,
    int tasks,
    int load)
    implements Shelf.Item {
  private static final long WHOLE = 1_000_000;

  /// Least memory free first, then least CPU.
  public static final Shelf.Order<Machine> BY_MEMORY =
      order(one -> Shelf.rank(one.memoryFree, one.cpuFree));

  /// Least CPU free first, then least memory.
  public static final Shelf.Order<Machine> BY_CPU =
      order(one -> Shelf.rank(one.cpuFree, one.memoryFree));

  /// The smallest share reserved first, then fewest tasks.
  public static final Shelf.Order<Machine> BY_LOAD = order(one -> Shelf.rank(one.load, one.tasks));

  private static Shelf.Order<Machine> order(ToLongFunction<Machine> rank) {
    return new Shelf.Order<>(rank, Machine::tie, Comparator.comparing(Machine::id));
  }

  static Machine of(ContainerInstance instance, Kind kind, InstanceUsage usage) {
    int cpuFree = instance.cpuUnits() - usage.cpuUnits();
    int memoryFree = instance.memoryMib() - usage.memoryMib();
    return new Machine(
        instance,
        kind,
        usage,
        instance.key(),
        instance.id().hashCode(),
        cpuFree,
        memoryFree,
        instance.gpuIds().size() - usage.gpus(),
        usage.tasks(),
        load(instance, cpuFree, memoryFree));
  }

  /// The same instance with the tasks that it has now.
  Machine using(InstanceUsage now) {
    int cpuRegistered = cpuFree + usage.cpuUnits();
    int memoryRegistered = memoryFree + usage.memoryMib();
    int cpu = cpuRegistered - now.cpuUnits();
    int memory = memoryRegistered - now.memoryMib();
    int gpus = gpusFree + usage.gpus() - now.gpus();
    int share = Math.max(share(cpu, cpuRegistered), share(memory, memoryRegistered));
    return new Machine(instance, kind, now, key, tie, cpu, memory, gpus, now.tasks(), share);
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
        instance, kind, usage, key, tie, cpu, memory, gpus, tasks + 1, load(instance, cpu, memory));
  }

  /// How many tasks of a group are on it.
  public int tasksOf(String group) {
    return usage.groups().tasks(group);
  }
}
