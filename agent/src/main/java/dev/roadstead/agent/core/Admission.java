package dev.roadstead.agent.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The host's books. A task runs only once its share is free; each waits by itself, so one that
/// does not fit holds up nobody. A share is given back when its task has stopped.
final class Admission {
  private Admission() {}

  /// Why a task must wait; null when there is room.
  static @Nullable String shortage(NodeState state, Demand demand) {
    int cpu = 0;
    int memory = 0;
    var ports = new TreeMap<String, String>();
    var gpus = new TreeMap<String, String>();
    for (String port : state.settings().reservedPorts()) {
      ports.put(port, "the host");
    }
    for (TaskState task : state.tasks().values()) {
      if (task.holdsShare()) {
        cpu += task.demand().cpuUnits();
        memory += task.demand().memoryMib();
        task.demand().ports().forEach(port -> ports.put(port, task.arn()));
        task.demand().gpus().forEach(gpu -> gpus.put(gpu, task.arn()));
      }
    }
    int cpuFree = state.settings().cpuUnits() - cpu;
    int memoryFree = state.settings().memoryMib() - memory;
    if (demand.cpuUnits() > cpuFree) {
      return "it needs " + demand.cpuUnits() + " CPU units, " + cpuFree + " are free";
    }
    if (demand.memoryMib() > memoryFree) {
      return "it needs " + demand.memoryMib() + " MiB of memory, " + memoryFree + " are free";
    }
    for (String port : demand.ports()) {
      String holder = ports.get(port);
      if (holder != null) {
        return "host port " + port + " is taken by " + holder;
      }
    }
    for (String gpu : demand.gpus()) {
      String holder = gpus.get(gpu);
      if (holder != null) {
        return "GPU " + gpu + " is taken by " + holder;
      }
    }
    return null;
  }

  /// Why a task can never run here; null when it could on an empty host.
  static @Nullable String impossible(NodeSettings settings, Demand demand) {
    if (demand.cpuUnits() > settings.cpuUnits()) {
      return "RESOURCE:CPU: it needs %d CPU units, the instance has %d"
          .formatted(demand.cpuUnits(), settings.cpuUnits());
    }
    if (demand.memoryMib() > settings.memoryMib()) {
      return "RESOURCE:MEMORY: it needs %d MiB, the instance has %d"
          .formatted(demand.memoryMib(), settings.memoryMib());
    }
    var reserved = new TreeSet<>(settings.reservedPorts());
    for (String port : demand.ports()) {
      if (reserved.contains(port)) {
        return "RESOURCE:PORTS: host port " + port + " is reserved on the instance";
      }
    }
    for (String gpu : demand.gpus()) {
      if (!settings.gpuIds().contains(gpu)) {
        return "RESOURCE:GPU: GPU " + gpu + " is not on the instance";
      }
    }
    return null;
  }

  /// Room came free: those who wait get their chance, longest waiting first.
  static void retryWaiting(Turn turn) {
    var waiting = new ArrayList<TaskState>();
    for (TaskState task : turn.state().tasks().values()) {
      if (!task.admitted() && !task.wantedStopped()) {
        waiting.add(task);
      }
    }
    waiting.sort(Comparator.comparingLong(TaskState::order));
    for (TaskState task : waiting) {
      Progress.advance(turn, task.arn());
    }
  }
}
