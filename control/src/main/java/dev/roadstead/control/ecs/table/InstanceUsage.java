package dev.roadstead.control.ecs.table;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the tasks of a container instance take of it: every task placed there that has not been
/// reported STOPPED.
///
/// @param tcpPorts fixed host ports in use, each with how many tasks use it
/// @param gpuIds GPUs in use, each with how many tasks were given it
/// @param groups task groups present, each with how many tasks it has
/// @param running tasks whose last status is RUNNING and that are wanted
/// @param pending wanted tasks that are not RUNNING yet
public record InstanceUsage(
    int cpuUnits,
    int memoryMib,
    int gpus,
    SortedMap<Integer, Integer> tcpPorts,
    SortedMap<Integer, Integer> udpPorts,
    SortedMap<String, Integer> gpuIds,
    Groups groups,
    int running,
    int pending,
    int tasks) {
  public static final InstanceUsage NONE =
      new InstanceUsage(
          0, 0, 0, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), Groups.NONE, 0, 0, 0);

  public InstanceUsage {
    tcpPorts = Collections.unmodifiableSortedMap(tcpPorts);
    udpPorts = Collections.unmodifiableSortedMap(udpPorts);
    gpuIds = Collections.unmodifiableSortedMap(gpuIds);
  }

  InstanceUsage plus(Task task) {
    return step(task, 1);
  }

  InstanceUsage minus(Task task) {
    return step(task, -1);
  }

  private InstanceUsage step(Task task, int sign) {
    Reservation taken = task.reservation();
    boolean up = task.wanted() && task.lastStatus() == TaskStatus.RUNNING;
    boolean waiting = task.wanted() && task.lastStatus().pending();
    return new InstanceUsage(
        cpuUnits + sign * taken.cpuUnits(),
        memoryMib + sign * taken.memoryMib(),
        gpus + sign * taken.gpus(),
        count(tcpPorts, taken.tcpPorts(), sign),
        count(udpPorts, taken.udpPorts(), sign),
        count(gpuIds, taken.gpus() == 0 ? List.of() : gpuIdsOf(task), sign),
        groups.plus(task.group(), sign),
        running + (up ? sign : 0),
        pending + (waiting ? sign : 0),
        tasks + sign);
  }

  private static List<String> gpuIdsOf(Task task) {
    return task.containers().stream().flatMap(one -> one.gpuIds().stream()).toList();
  }

  private static <K extends Comparable<K>> SortedMap<K, Integer> count(
      SortedMap<K, Integer> counts, List<K> keys, int sign) {
    if (keys.isEmpty()) {
      return counts;
    }
    SortedMap<K, Integer> next = new TreeMap<>(counts);
    for (K key : keys) {
      int left = next.getOrDefault(key, 0) + sign;
      if (left == 0) {
        next.remove(key);
      } else {
        next.put(key, left);
      }
    }
    return next;
  }
}
