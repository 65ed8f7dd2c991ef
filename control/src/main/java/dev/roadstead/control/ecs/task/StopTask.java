package dev.roadstead.control.ecs.task;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;

/// Stops a task; one that is stopped already is returned as it is. Source: Amazon ECS API
/// reference, StopTask.
public final class StopTask implements Write<StopTaskRequest, StopTaskResponse> {
  /// What is reported when the caller gives no reason.
  static final String DEFAULT_REASON = "Task stopped by user";

  @Override
  public Decision<StopTaskResponse> decide(State state, StopTaskRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    if (request.task() == null || request.task().isEmpty()) {
      throw EcsErrors.invalidParameter("Task can not be blank.");
    }
    Task task = Tasks.find(state, call.scope(), cluster.name(), request.task());
    if (task == null) {
      throw EcsErrors.invalidParameter("The referenced task was not found.");
    }
    String reason = request.reason() == null ? DEFAULT_REASON : request.reason();
    List<Change> changes =
        Tasks.stop(
            task,
            new StopCause(StopCause.USER_INITIATED, reason, call.caller().principalArn()),
            call.now());
    Task after = Tasks.after(task, changes);
    return new Decision<>(
        changes, StopTaskResponse.builder().task(TaskShape.of(after, false)).build());
  }
}
