package dev.roadstead.control.ecs.task;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.TaskProtections;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import java.util.LinkedHashSet;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.GetTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.GetTaskProtectionResponse;

/// Tells which tasks of services are protected; when none is named, those of the cluster that are,
/// as many as may be named. Source: Amazon ECS API reference, GetTaskProtection.
public final class GetTaskProtection
    implements Read<GetTaskProtectionRequest, GetTaskProtectionResponse> {
  static final int TASKS_MAX = 100; // the AWS limit

  @Override
  public GetTaskProtectionResponse answer(
      State state, GetTaskProtectionRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    if (request.tasks().size() > TASKS_MAX) {
      throw EcsErrors.invalidParameter("Tasks cannot have more than " + TASKS_MAX + " elements.");
    }
    Set<String> names = new LinkedHashSet<>(request.tasks());
    if (names.isEmpty()) {
      state.rows(TaskProtections.BY_CLUSTER, cluster.key()).stream()
          .filter(row -> row.expiresAt().isAfter(call.now()))
          .map(row -> state.find(Tasks.TABLE, row.taskKey()))
          .filter(task -> task != null && task.wanted()) // a protection may outlive its task
          .limit(TASKS_MAX)
          .forEach(task -> names.add(task.arn()));
    }
    Protection.Named named = Protection.named(state, call.scope(), cluster.name(), names);
    return GetTaskProtectionResponse.builder()
        .protectedTasks(
            named.able().stream()
                .map(
                    task -> Protection.shape(task, TaskProtections.expiry(state, task, call.now())))
                .toList())
        .failures(named.failures())
        .build();
  }
}
