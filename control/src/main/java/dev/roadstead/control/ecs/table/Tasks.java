package dev.roadstead.control.ecs.table;

import dev.roadstead.base.Invariant;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.ClusterResource;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Aggregate;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Index;
import dev.roadstead.engine.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tasks by account, region, cluster and id. The only maker of changes to them: a task never goes
/// back in its life cycle.
public final class Tasks {
  public static final Table<Task> TABLE = Table.of("tasks", Task.class, Task::key);

  /// Tasks with desired status RUNNING, by cluster.
  public static final Index<Task> WANTED_BY_CLUSTER =
      TABLE.index("wanted-by-cluster", row -> listIf(row.wanted(), row.clusterKey()));

  /// Tasks with desired status STOPPED, by cluster.
  public static final Index<Task> UNWANTED_BY_CLUSTER =
      TABLE.index("unwanted-by-cluster", row -> listIf(!row.wanted(), row.clusterKey()));

  /// Tasks not reported STOPPED, by container instance.
  public static final Index<Task> ALIVE_BY_INSTANCE =
      TABLE.index(
          "alive-by-instance",
          row -> row.stopped() || row.instanceKey() == null ? List.of() : list(row.instanceKey()));

  /// Tasks not reported STOPPED, by service.
  public static final Index<Task> ALIVE_BY_SERVICE =
      TABLE.index(
          "alive-by-service",
          row -> row.stopped() || row.serviceKey() == null ? List.of() : list(row.serviceKey()));

  /// Tasks reported STOPPED, by cluster.
  public static final Index<Task> STOPPED_BY_CLUSTER =
      TABLE.index("stopped-by-cluster", row -> listIf(row.stopped(), row.clusterKey()));

  /// What is taken of a container instance, by its key.
  public static final Aggregate<Task, InstanceUsage> USAGE =
      TABLE.aggregate(
          "usage",
          row -> row.stopped() ? null : row.instanceKey(),
          InstanceUsage.NONE,
          InstanceUsage::plus,
          InstanceUsage::minus);

  /// How many tasks a cluster has, by its key.
  public static final Aggregate<Task, TaskCounts> BY_CLUSTER =
      TABLE.aggregate(
          "counts-by-cluster",
          row -> row.stopped() ? null : row.clusterKey(),
          TaskCounts.NONE,
          TaskCounts::plus,
          TaskCounts::minus);

  /// How many tasks a deployment of a service has, by {@link #deploymentGroup}.
  public static final Aggregate<Task, TaskCounts> BY_DEPLOYMENT =
      TABLE.aggregate(
          "counts-by-deployment",
          row ->
              row.stopped() || row.serviceKey() == null || row.deploymentId() == null
                  ? null
                  : deploymentGroup(row.serviceKey(), row.deploymentId()),
          TaskCounts.NONE,
          TaskCounts::plus,
          TaskCounts::minus);

  /// How many tasks that are not reported STOPPED a capacity provider has in a cluster, by
  /// {@link ContainerInstances#providerGroup}.
  public static final Aggregate<Task, Integer> BY_PROVIDER =
      TABLE.aggregate(
          "counts-by-provider",
          row ->
              row.stopped() || row.capacityProviderName() == null
                  ? null
                  : ContainerInstances.providerGroup(row.clusterKey(), row.capacityProviderName()),
          0,
          (count, _) -> count + 1,
          (count, _) -> count - 1);

  /// How many tasks that are not reported STOPPED a task definition has, by its key.
  public static final Aggregate<Task, Integer> BY_DEFINITION =
      TABLE.aggregate(
          "counts-by-definition",
          row -> row.stopped() ? null : row.taskDefinitionKey(),
          0,
          (count, _) -> count + 1,
          (count, _) -> count - 1);

  /// How long a stopped task stays describable; ECS promises one hour, and history is worth more.
  public static final Duration STOPPED_RETENTION = Duration.ofHours(24);

  static {
    TABLE.dueAt(row -> row.times().stoppedAt() == null ? null : expiry(row.times().stoppedAt()));
    TABLE.feeds(Fleets.VIEW, Fleets::task);
    TABLE.feeds(Crowds.VIEW, Crowds::task);
  }

  private Tasks() {}

  /// The group of {@link #BY_DEPLOYMENT} of a deployment.
  public static String deploymentGroup(String serviceKey, String deploymentId) {
    return serviceKey + "/" + deploymentId;
  }

  public static Instant expiry(Instant stoppedAt) {
    return stoppedAt.plus(STOPPED_RETENTION);
  }

  /// The task of that id or ARN in that cluster, or null. An ARN of another cluster names nothing.
  public static @Nullable Task find(State state, Scope scope, String cluster, String idOrArn) {
    String key = new ClusterResource(scope, "task", cluster, idOrArn).key();
    return key == null ? null : state.find(TABLE, key);
  }

  /// A task that was not there before.
  public static Change create(Task task) {
    Invariant.check(task.version() == 1, "a new task has version 1");
    return TABLE.put(task);
  }

  /// The task with changes that others may see: its version is one more than before. Yields nothing
  /// when nothing changed.
  public static List<Change> update(Task before, Task after) {
    Invariant.check(before.key().equals(after.key()), "a task keeps its key");
    if (after.equals(before)) {
      return List.of();
    }
    Invariant.check(
        before.lastStatus().mayBecome(after.lastStatus()),
        () ->
            before.arn() + " may not go from " + before.lastStatus() + " to " + after.lastStatus());
    Invariant.check(
        before.wanted() || !after.wanted(), () -> before.arn() + " may not be wanted again");
    Invariant.check(!before.stopped(), () -> before.arn() + " is stopped and final");
    return List.of(TABLE.put(TaskBuilder.builder(after).version(before.version() + 1).build()));
  }

  /// The task asked to stop: the first cause wins. Yields nothing when it was asked already.
  /// A task that is on no container instance stops at once.
  public static List<Change> stop(Task task, StopCause cause, Instant now) {
    if (!task.wanted()) {
      return List.of();
    }
    return update(task, stopping(task, cause, now));
  }

  /// The task as these changes of it leave it.
  public static Task after(Task before, List<Change> changes) {
    Task after = before;
    for (Change change : changes) {
      if (change instanceof Change.Put<?> put
          && put.row() instanceof Task task
          && task.key().equals(before.key())) {
        after = task;
      }
    }
    return after;
  }

  /// The row that {@link #stop} stores: for those who change more of it at once.
  public static Task stopping(Task task, StopCause cause, Instant now) {
    TaskBuilder next = TaskBuilder.builder(task).wanted(false);
    TaskTimesBuilder times = TaskTimesBuilder.builder(task.times());
    if (task.times().stoppingAt() == null) {
      times.stoppingAt(now);
    }
    if (task.stop() == null) {
      next.stop(cause);
    }
    if (task.instanceId() == null) {
      next.containers(task.containers().stream().map(Tasks::ended).toList());
      next.lastStatus(TaskStatus.STOPPED);
      times.stoppedAt(now);
    }
    return next.times(times.build()).build();
  }

  private static TaskContainer ended(TaskContainer container) {
    return TaskContainerBuilder.builder(container).lastStatus(TaskContainer.STOPPED).build();
  }

  /// Forgets a stopped task.
  public static Change forget(Task task) {
    Invariant.check(task.stopped(), "a task that is not stopped is not forgotten");
    return TABLE.delete(task.key());
  }

  private static List<String> listIf(boolean in, String key) {
    return in ? List.of(key) : List.of();
  }

  private static List<String> list(@Nullable String key) {
    return key == null ? List.of() : List.of(key);
  }
}
