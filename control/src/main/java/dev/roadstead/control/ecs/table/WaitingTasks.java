package dev.roadstead.control.ecs.table;

import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Index;
import dev.roadstead.engine.table.Table;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tasks that wait for room, by account, region, cluster, capacity provider and their order.
public final class WaitingTasks {
  public static final Table<WaitingTask> TABLE =
      Table.of("waiting-tasks", WaitingTask.class, WaitingTask::key);

  /// By cluster.
  public static final Index<WaitingTask> BY_CLUSTER =
      TABLE.index("by-cluster", row -> List.of(row.clusterKey()));

  /// By capacity provider, in their order.
  public static final Index<WaitingTask> BY_PROVIDER =
      TABLE.index("by-provider", row -> List.of(row.providerGroup()));

  /// By the key of their task.
  public static final Index<WaitingTask> BY_TASK =
      TABLE.index("by-task", row -> List.of(row.taskKey()));

  /// The most of a cluster. Source: ECS quotas, tasks in the PROVISIONING state per cluster.
  public static final int PER_CLUSTER_MAX = 500;

  /// How long one waits. ECS gives up after 10 to 30 minutes (developer guide, "Amazon ECS cluster
  /// auto scaling").
  public static final Duration LIMIT = Duration.ofMinutes(30);

  static {
    TABLE.dueAt(WaitingTask::failsAt);
  }

  private WaitingTasks() {}

  /// The row of a task that waits, or null.
  public static @Nullable WaitingTask of(State state, Task task) {
    return task.lastStatus() == TaskStatus.PROVISIONING ? state.one(BY_TASK, task.key()) : null;
  }

  /// Its place in the order of its capacity provider, from 1.
  public static int position(State state, WaitingTask row) {
    return state.keys(BY_PROVIDER, row.providerGroup()).indexOf(row.key()) + 1;
  }
}
