package dev.roadstead.control.ecs.table;

import dev.roadstead.base.Invariant;
import dev.roadstead.control.ecs.api.ClusterResource;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Index;
import dev.roadstead.engine.table.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Task sets by account, region, cluster, service and id. The only maker of changes to them.
public final class TaskSets {
  public static final Table<TaskSet> TABLE = Table.of("task-sets", TaskSet.class, TaskSet::key);

  public static final Index<TaskSet> BY_SERVICE =
      TABLE.index("by-service", row -> List.of(row.serviceKey()));

  /// By the keys of the task definitions that they are of.
  public static final Index<TaskSet> BY_DEFINITION =
      TABLE.index(
          "by-definition",
          row ->
              List.of(
                  TaskDefinitions.key(
                      row.scope(), row.deployment().family(), row.deployment().revision())));

  /// Those whose strategy names a capacity provider, by {@link ContainerInstances#providerGroup}.
  public static final Index<TaskSet> BY_PROVIDER =
      TABLE.index(
          "by-provider",
          row ->
              row.strategy().stream()
                  .map(
                      item ->
                          ContainerInstances.providerGroup(
                              row.scope().key(row.cluster()), item.provider()))
                  .distinct()
                  .toList());

  /// The most task sets of a service at once: the AWS limit, as its refusal tells it.
  public static final int PER_SERVICE_MAX = 5;

  static {
    TABLE.dueAt(TaskSet::wakeAt);
  }

  private TaskSets() {}

  /// The task set of that id or ARN of the service, or null.
  public static @Nullable TaskSet find(State state, Service service, String idOrArn) {
    String path = service.cluster() + "/" + service.name() + "/";
    String key =
        idOrArn.startsWith("arn:")
            ? new ClusterResource(service.scope(), "task-set", service.cluster(), idOrArn).key()
            : service.scope().key(path + idOrArn);
    TaskSet found = key == null ? null : state.find(TABLE, key);
    return found == null || !found.serviceKey().equals(service.key()) ? null : found;
  }

  /// The one that is PRIMARY, or null.
  public static @Nullable TaskSet primary(State state, String serviceKey) {
    return state.rows(BY_SERVICE, serviceKey).stream()
        .filter(TaskSet::primary)
        .findFirst()
        .orElse(null);
  }

  public static Change create(TaskSet set) {
    Invariant.check(!set.draining(), "a new task set is not DRAINING");
    return TABLE.put(set);
  }

  /// The task set with changes; yields nothing when nothing changed. One that drains stays so.
  public static List<Change> update(TaskSet before, TaskSet after) {
    Invariant.check(before.key().equals(after.key()), "a task set keeps its key");
    Invariant.check(
        !before.draining() || after.draining(), () -> before.arn() + " drains for good");
    return after.equals(before) ? List.of() : List.of(TABLE.put(after));
  }

  /// Forgets one that has drained.
  public static Change forget(TaskSet set) {
    Invariant.check(set.draining(), "only a task set that drains is forgotten");
    return TABLE.delete(set.key());
  }
}
