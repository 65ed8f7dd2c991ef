package dev.roadstead.control.ecs.service;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.ecs.api.ClusterResource;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.TaskSet;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DescribeTaskSetsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskSetsResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.TaskSetField;

/// Describes task sets of a service, all of them when none is named; those that are not there are
/// failures. Source: Amazon ECS API reference, DescribeTaskSets.
public final class DescribeTaskSets
    implements Read<DescribeTaskSetsRequest, DescribeTaskSetsResponse> {
  static final int TASK_SETS_MAX = 100; // as of other lists of names; a service has fewer

  @Override
  public DescribeTaskSetsResponse answer(State state, DescribeTaskSetsRequest request, Call call) {
    Service service =
        TaskSetRequests.service(state, call.scope(), request.cluster(), request.service());
    for (String one : request.includeAsStrings()) {
      Text.oneOf(one, "TAGS");
    }
    if (request.taskSets().size() > TASK_SETS_MAX) {
      throw EcsErrors.invalidParameter(
          "Task sets cannot have more than " + TASK_SETS_MAX + " elements.");
    }
    boolean withTags = request.include().contains(TaskSetField.TAGS);
    if (request.taskSets().isEmpty()) {
      return DescribeTaskSetsResponse.builder()
          .taskSets(TaskSetShape.all(state, service, withTags))
          .build();
    }
    List<software.amazon.awssdk.services.ecs.model.TaskSet> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String name : request.taskSets()) {
      TaskSet set = TaskSets.find(state, service, name);
      if (set == null) {
        String arn =
            new ClusterResource(
                    call.scope(), "task-set", service.cluster() + "/" + service.name(), name)
                .arn();
        failures.add(Failure.builder().arn(arn).reason("MISSING").build());
      } else {
        found.add(TaskSetShape.of(state, service, set, withTags));
      }
    }
    return DescribeTaskSetsResponse.builder().taskSets(found).failures(failures).build();
  }
}
