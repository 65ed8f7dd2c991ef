package dev.roadstead.control.ecs.table;

import dev.roadstead.engine.table.Aggregate;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Index;
import dev.roadstead.engine.table.Table;
import java.util.List;

/// The tasks that services follow, by the task's key.
public final class ServiceTasks {
  public static final Table<ServiceTask> TABLE =
      Table.of("service-tasks", ServiceTask.class, ServiceTask::taskKey);

  public static final Index<ServiceTask> BY_SERVICE =
      TABLE.index("by-service", row -> List.of(row.serviceKey()));

  /// Those whose instance was lost, by service.
  public static final Index<ServiceTask> AWAY_BY_SERVICE =
      TABLE.index("away-by-service", row -> row.away() ? List.of(row.serviceKey()) : List.of());

  /// How many tasks are followed for a deployment of a service, by
  /// {@link Tasks#deploymentGroup}.
  public static final Aggregate<ServiceTask, Integer> BY_DEPLOYMENT =
      TABLE.aggregate(
          "by-deployment",
          row -> Tasks.deploymentGroup(row.serviceKey(), row.deploymentId()),
          0,
          (count, _) -> count + 1,
          (count, _) -> count - 1);

  static {
    TABLE.feeds(Crowds.VIEW, Crowds::followed);
  }

  private ServiceTasks() {}

  /// Follows a new task.
  public static Change follow(String serviceKey, String deploymentId, Task task) {
    return TABLE.put(new ServiceTask(task.key(), serviceKey, deploymentId, false, false));
  }

  /// Remembers that it has been healthy.
  public static Change prove(ServiceTask followed) {
    return TABLE.put(ServiceTaskBuilder.builder(followed).proven(true).build());
  }

  /// Remembers that its instance was lost, or that it is back and needed.
  public static Change away(ServiceTask followed, boolean away) {
    return TABLE.put(ServiceTaskBuilder.builder(followed).away(away).build());
  }

  /// Its end has been taken into account.
  public static Change leave(ServiceTask followed) {
    return TABLE.delete(followed.taskKey());
  }
}
