package dev.roadstead.control.node;

import dev.roadstead.control.ecs.agent.Observation;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.loop.Outcome;
import dev.roadstead.engine.loop.Work;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Decisions that come from connections rather than from requests. Each looks at the rows again: a
/// session saw them some time ago.
public final class NodeWork {
  private NodeWork() {}

  /// An agent is there.
  ///
  /// @param at names the connection: the latest one of an instance counts
  static Work<Boolean> connected(AgentHello hello, Instant at) {
    return (state, _) -> {
      ContainerInstance row = state.find(ContainerInstances.TABLE, hello.instanceKey());
      if (row == null) {
        return new Outcome<>(List.of(), false);
      }
      return new Outcome<>(
          ContainerInstances.update(
              row,
              ContainerInstanceBuilder.builder(row)
                  .connected(true)
                  .connectedAt(at)
                  .lostAt(null)
                  .changedAt(row.connected() ? row.changedAt() : at)
                  .agentVersion(orElse(hello.agentVersion(), row.agentVersion()))
                  .agentHash(orElse(hello.agentHash(), row.agentHash()))
                  .dockerVersion(orElse(hello.dockerVersion(), row.dockerVersion()))
                  .build()),
          true);
    };
  }

  /// A connection is gone. Does nothing when the agent has come back since.
  ///
  /// @param connectedAt names the connection
  /// @param lostAt when its service tasks are given up
  static Work<Boolean> disconnected(String instanceKey, Instant connectedAt, Instant lostAt) {
    return (state, moment) -> {
      ContainerInstance row = state.find(ContainerInstances.TABLE, instanceKey);
      boolean same = row != null && row.connected() && connectedAt.equals(row.connectedAt());
      return new Outcome<>(
          same && row != null ? List.copyOf(off(row, lostAt, moment.now())) : List.of(), same);
    };
  }

  /// Nobody is connected (the control plane has just started): the next instances after that key,
  /// at most so many, are marked so. Tasks are not touched.
  ///
  /// @return the key to go on after; empty when all are done
  public static Work<String> nobodyConnected(String after, int max, Lease lease) {
    return (state, moment) -> {
      Instant end = lease.endAfterStart(moment.now());
      List<Change> changes = new ArrayList<>();
      for (String key : state.keys(ContainerInstances.TABLE)) {
        if (key.compareTo(after) > 0) {
          ContainerInstance row = state.get(ContainerInstances.TABLE, key);
          changes.addAll(row.connected() ? off(row, end, moment.now()) : List.of());
          if (changes.size() >= max) {
            return new Outcome<>(changes, key);
          }
        }
      }
      return new Outcome<>(changes, "");
    };
  }

  /// A task can't be put into words for its agent.
  static Work<Boolean> unspeakable(String taskKey, String why) {
    return (state, moment) -> {
      Task task = state.find(Tasks.TABLE, taskKey);
      if (task == null || task.stopped()) {
        return new Outcome<>(List.of(), false);
      }
      StopCause cause = new StopCause(StopCause.TASK_FAILED_TO_START, why);
      return new Outcome<>(Tasks.update(task, Observation.lost(task, cause, moment.now())), true);
    };
  }

  /// What health reports say of tasks of an instance: by task, then by container. Tasks of others
  /// are left out.
  static Work<Boolean> health(String instanceKey, Map<String, Map<String, Health>> healths) {
    return (state, _) -> {
      List<Change> changes = healthChanges(state, instanceKey, healths);
      return new Outcome<>(changes, !changes.isEmpty());
    };
  }

  static List<Change> healthChanges(
      State state, String instanceKey, Map<String, Map<String, Health>> healths) {
    List<Change> changes = new ArrayList<>();
    healths.forEach(
        (key, containers) -> {
          Task task = state.find(Tasks.TABLE, key);
          if (task != null && !task.stopped() && instanceKey.equals(task.instanceKey())) {
            changes.addAll(Tasks.update(task, Observation.health(task, containers)));
          }
        });
    return changes;
  }

  /// What an agent says of its container runtime.
  static Work<Boolean> dockerHealth(String instanceKey, String status) {
    return (state, _) -> {
      ContainerInstance row = state.find(ContainerInstances.TABLE, instanceKey);
      if (row == null) {
        return new Outcome<>(List.of(), false);
      }
      return new Outcome<>(
          ContainerInstances.update(
              row, ContainerInstanceBuilder.builder(row).dockerHealth(status).build()),
          true);
    };
  }

  private static List<Change> off(ContainerInstance row, Instant lostAt, Instant now) {
    return ContainerInstances.update(
        row,
        ContainerInstanceBuilder.builder(row)
            .connected(false)
            .lostAt(lostAt)
            .changedAt(now)
            .build());
  }

  private static String orElse(String sent, String known) {
    return sent.isEmpty() ? known : sent;
  }
}
