package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.InstanceUsage;

/// A container instance during one placement: what is free on it, counting the tasks that this
/// placement has put there. Changes as tasks are placed; lives no longer than the call.
final class Slot {
  /// Its place among the examined instances, from 0.
  final int index;

  final ContainerInstance instance;
  final InstanceUsage usage;

  /// CPU units, MiB and GPUs that no task has reserved; negative when the instance came back with
  /// less than its tasks hold.
  int cpuFree;

  int memoryFree;
  int gpusFree;

  /// Tasks of the demand's group on it.
  int sameGroup;

  /// Tasks on it.
  int tasks;

  /// Tasks that this placement has put on it.
  int placed;

  /// The DAEMON services for which room is kept on it, which counts as not free; empty when none.
  String keptFor = "";

  /// The rules that do not depend on resources and were broken when last looked at, of {@link Fit}.
  int broken;

  Slot(int index, ContainerInstance instance, InstanceUsage usage, String group) {
    this.index = index;
    this.instance = instance;
    this.usage = usage;
    cpuFree = instance.cpuUnits() - usage.cpuUnits();
    memoryFree = instance.memoryMib() - usage.memoryMib();
    gpusFree = instance.gpuIds().size() - usage.gpus();
    sameGroup = usage.groups().tasks(group);
    tasks = usage.tasks();
  }

  void take(Demand demand) {
    cpuFree -= demand.reservation().cpuUnits();
    memoryFree -= demand.reservation().memoryMib();
    gpusFree -= demand.reservation().gpus();
    sameGroup++;
    tasks++;
    placed++;
  }
}
