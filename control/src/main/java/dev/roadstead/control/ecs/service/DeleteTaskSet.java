package dev.roadstead.control.ecs.service;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.TaskSet;
import dev.roadstead.control.ecs.table.TaskSetBuilder;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.engine.root.State;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DeleteTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskSetResponse;

/// Deletes a task set: it is DRAINING until its last task has ended, then it is gone. A repeat
/// meanwhile answers with it. Source: Amazon ECS API reference, DeleteTaskSet.
public final class DeleteTaskSet implements Write<DeleteTaskSetRequest, DeleteTaskSetResponse> {
  @Override
  public Decision<DeleteTaskSetResponse> decide(
      State state, DeleteTaskSetRequest request, Call call) {
    Service service =
        TaskSetRequests.service(state, call.scope(), request.cluster(), request.service());
    TaskSet before = TaskSetRequests.any(state, service, request.taskSet());
    if (before.draining()) {
      return Decision.unchanged(answer(state, service, before));
    }
    if (before.scalePercent() > 0 && !Boolean.TRUE.equals(request.force())) {
      throw EcsErrors.invalidParameter(
          "The task set cannot be deleted while it is scaled above 0.");
    }
    TaskSet after =
        TaskSetBuilder.builder(before)
            .status(TaskSet.DRAINING)
            .notices(List.of())
            .placementFailures(0)
            .placementRetryAt(null)
            .steady(false)
            .steadyAt(call.now())
            .updatedAt(call.now())
            .build();
    return new Decision<>(TaskSets.update(before, after), answer(state, service, after));
  }

  private static DeleteTaskSetResponse answer(State state, Service service, TaskSet set) {
    return DeleteTaskSetResponse.builder()
        .taskSet(TaskSetShape.of(state, service, set, true))
        .build();
  }
}
