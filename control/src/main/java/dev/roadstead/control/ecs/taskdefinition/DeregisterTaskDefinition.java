package dev.roadstead.control.ecs.taskdefinition;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitionBuilder;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.engine.root.State;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionResponse;

/// Makes a revision INACTIVE: nothing new starts from it, what runs goes on. Does nothing to one
/// that is no longer ACTIVE.
public final class DeregisterTaskDefinition
    implements Write<DeregisterTaskDefinitionRequest, DeregisterTaskDefinitionResponse> {
  @Override
  public Decision<DeregisterTaskDefinitionResponse> decide(
      State state, DeregisterTaskDefinitionRequest request, Call call) {
    TaskDefinition before =
        TaskDefinitionLookup.requireRevision(state, call.scope(), request.taskDefinition());
    if (!before.active()) {
      return Decision.unchanged(answer(before));
    }
    TaskDefinition after =
        TaskDefinitionBuilder.builder(before)
            .status(TaskDefinition.INACTIVE)
            .deregisteredAt(call.now())
            .build();
    return new Decision<>(List.of(TaskDefinitions.put(after)), answer(after));
  }

  private static DeregisterTaskDefinitionResponse answer(TaskDefinition row) {
    return DeregisterTaskDefinitionResponse.builder()
        .taskDefinition(TaskDefinitionShape.of(row))
        .build();
  }
}
