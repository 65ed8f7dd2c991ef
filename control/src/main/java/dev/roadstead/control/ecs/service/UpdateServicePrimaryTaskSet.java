package dev.roadstead.control.ecs.service;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.TaskSet;
import dev.roadstead.control.ecs.table.TaskSetBuilder;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.UpdateServicePrimaryTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServicePrimaryTaskSetResponse;

/// Makes a task set the PRIMARY one; the one before is ACTIVE again. The service shows the
/// primary's parameters. Source: Amazon ECS API reference, UpdateServicePrimaryTaskSet.
public final class UpdateServicePrimaryTaskSet
    implements Write<UpdateServicePrimaryTaskSetRequest, UpdateServicePrimaryTaskSetResponse> {
  @Override
  public Decision<UpdateServicePrimaryTaskSetResponse> decide(
      State state, UpdateServicePrimaryTaskSetRequest request, Call call) {
    Service service =
        TaskSetRequests.service(state, call.scope(), request.cluster(), request.service());
    TaskSet chosen = TaskSetRequests.set(state, service, request.primaryTaskSet());
    List<Change> changes = new ArrayList<>();
    TaskSet last = TaskSets.primary(state, service.key());
    if (last == null || !last.id().equals(chosen.id())) {
      if (last != null) {
        changes.addAll(TaskSets.update(last, marked(last, TaskSet.ACTIVE, call)));
      }
      changes.addAll(TaskSets.update(chosen, marked(chosen, TaskSet.PRIMARY, call)));
    }
    State after = state.with(changes);
    TaskSet primary = after.get(TaskSets.TABLE, chosen.key());
    return new Decision<>(
        changes,
        UpdateServicePrimaryTaskSetResponse.builder()
            .taskSet(TaskSetShape.of(after, service, primary, true))
            .build());
  }

  private static TaskSet marked(TaskSet set, String status, Call call) {
    return TaskSetBuilder.builder(set).status(status).updatedAt(call.now()).build();
  }
}
