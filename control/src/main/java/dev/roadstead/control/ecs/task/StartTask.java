package dev.roadstead.control.ecs.task;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.instance.InstanceLookup;
import dev.roadstead.control.ecs.placement.Demand;
import dev.roadstead.control.ecs.placement.Placement;
import dev.roadstead.control.ecs.placement.Veto;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.StartTaskRequest;
import software.amazon.awssdk.services.ecs.model.StartTaskResponse;

/// Starts one task on each named container instance, without strategies or constraints. Source:
/// Amazon ECS API reference, StartTask.
///
/// What an instance lacks is a failure, not a refusal.
public final class StartTask implements Write<StartTaskRequest, StartTaskResponse> {
  static final int INSTANCES_MAX = 10; // the AWS limit
  static final int STARTED_BY_MAX = 36; // the AWS limit, unlike RunTask's

  @Override
  public Decision<StartTaskResponse> decide(State state, StartTaskRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    if (request.containerInstances().isEmpty()) {
      throw EcsErrors.invalidParameter("Container Instances cannot be empty.");
    }
    if (request.containerInstances().size() > INSTANCES_MAX) {
      throw EcsErrors.invalidParameter(
          "Container Instances cannot have more than " + INSTANCES_MAX + " elements.");
    }
    Launch launch =
        StandaloneLaunch.of(state, asRunTask(request), cluster, call.scope(), STARTED_BY_MAX);
    Moment moment = new Moment(call.now(), call.random());
    List<Task> tasks = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    State next = state;
    for (String idOrArn : request.containerInstances()) {
      ContainerInstance instance =
          ContainerInstances.find(state, call.scope(), cluster.name(), idOrArn);
      if (instance == null || instance.status().equals(ContainerInstance.INACTIVE)) {
        String reason = instance == null ? "MISSING" : "INACTIVE";
        failures.add(InstanceLookup.failure(call.scope(), cluster.name(), idOrArn, reason));
        continue;
      }
      Demand demand = launch.demand(List.of(), List.of());
      Veto veto = Placement.veto(next, instance, demand);
      if (veto != null) {
        failures.add(RunTask.failure(veto));
        continue;
      }
      Task task = launch.task(instance, Placement.gpuIds(next, instance, demand), moment);
      tasks.add(task);
      changes.add(Tasks.create(task));
      next = state.with(changes);
    }
    var answer =
        StartTaskResponse.builder()
            .tasks(tasks.stream().map(task -> TaskShape.of(task, true)).toList())
            .failures(failures)
            .build();
    return new Decision<>(changes, answer);
  }

  /// As RunTask would have it.
  private static RunTaskRequest asRunTask(StartTaskRequest request) {
    return RunTaskRequest.builder()
        .taskDefinition(request.taskDefinition())
        .networkConfiguration(request.networkConfiguration())
        .referenceId(request.referenceId())
        .volumeConfigurations(request.volumeConfigurations())
        .overrides(request.overrides())
        .group(request.group())
        .startedBy(request.startedBy())
        .propagateTags(request.propagateTagsAsString())
        .tags(request.tags())
        .enableECSManagedTags(request.enableECSManagedTags())
        .enableExecuteCommand(request.enableExecuteCommand())
        .build();
  }
}
