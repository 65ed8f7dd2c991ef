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
import software.amazon.awssdk.services.ecs.model.UpdateTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskSetResponse;

/// Changes the scale of a task set. Source: Amazon ECS API reference, UpdateTaskSet.
public final class UpdateTaskSet implements Write<UpdateTaskSetRequest, UpdateTaskSetResponse> {
  @Override
  public Decision<UpdateTaskSetResponse> decide(
      State state, UpdateTaskSetRequest request, Call call) {
    Service service =
        TaskSetRequests.service(state, call.scope(), request.cluster(), request.service());
    TaskSet before = TaskSetRequests.set(state, service, request.taskSet());
    if (request.scale() == null) {
      throw EcsErrors.invalidParameter("scale can not be blank.");
    }
    double percent = TaskSetRequests.scale(request.scale());
    TaskSet after =
        percent == before.scalePercent()
            ? before
            : TaskSetBuilder.builder(before)
                .scalePercent(percent)
                .steady(false)
                .steadyAt(call.now())
                .placementFailures(0)
                .placementRetryAt(null)
                .updatedAt(call.now())
                .build();
    return new Decision<>(
        TaskSets.update(before, after),
        UpdateTaskSetResponse.builder()
            .taskSet(TaskSetShape.of(state, service, after, true))
            .build());
  }
}
