package dev.roadstead.control.ecs.taskdefinition;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.ecs.api.ModelEnums;
import dev.roadstead.control.ecs.api.Tags;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.engine.root.State;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;

/// Shows a revision of any status; a family alone means its latest ACTIVE one.
public final class DescribeTaskDefinition
    implements Read<DescribeTaskDefinitionRequest, DescribeTaskDefinitionResponse> {
  @Override
  public DescribeTaskDefinitionResponse answer(
      State state, DescribeTaskDefinitionRequest request, Call call) {
    ModelEnums.check(request);
    TaskDefinition row =
        TaskDefinitionLookup.requireAny(state, call.scope(), request.taskDefinition());
    DescribeTaskDefinitionResponse.Builder answer =
        DescribeTaskDefinitionResponse.builder().taskDefinition(TaskDefinitionShape.of(row));
    if (request.include().contains(TaskDefinitionField.TAGS)) {
      answer.tags(Tags.toModel(row.tags()));
    }
    return answer.build();
  }
}
