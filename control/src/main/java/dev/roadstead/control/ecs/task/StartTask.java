package dev.roadstead.control.ecs.task;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.Tags;
import dev.roadstead.control.ecs.placement.Placement;
import dev.roadstead.control.ecs.placement.Veto;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.taskdefinition.TaskDefinitionLookup;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Failure;
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
    Launch launch = launch(state, request, cluster, call.scope());
    Moment moment = new Moment(call.now(), call.random());
    List<Task> tasks = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    State next = state;
    for (String idOrArn : request.containerInstances()) {
      ContainerInstance instance =
          ContainerInstances.find(state, call.scope(), cluster.name(), idOrArn);
      if (instance == null || instance.status().equals(ContainerInstance.INACTIVE)) {
        failures.add(absent(instance, idOrArn, cluster, call.scope()));
        continue;
      }
      Veto veto = Placement.veto(next, instance, launch.demand(List.of(), List.of()));
      if (veto != null) {
        failures.add(RunTask.failure(veto));
        continue;
      }
      Task task = launch.task(instance, moment);
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

  private static Launch launch(
      State state, StartTaskRequest request, Cluster cluster, Scope scope) {
    TaskDefinition definition =
        TaskDefinitionLookup.require(state, scope, request.taskDefinition());
    String launchType = LaunchTypes.require(null, definition);
    LaunchTypes.checkNetwork(request.networkConfiguration(), definition);
    RunTask.checkReferenceId(request.referenceId());
    if (!request.volumeConfigurations().isEmpty()) {
      throw EcsErrors.unsupported("volumeConfigurations");
    }
    return new Launch(
        cluster,
        definition,
        Overrides.of(request.overrides(), definition),
        RunTask.group(request.group(), definition),
        RunTask.startedBy(request.startedBy(), STARTED_BY_MAX),
        null,
        null,
        launchType,
        LaunchTags.of(
            LaunchTags.propagated(request.propagateTagsAsString(), definition),
            Tags.accept(request.tags()),
            Boolean.TRUE.equals(request.enableECSManagedTags()),
            cluster.name(),
            null),
        Boolean.TRUE.equals(request.enableExecuteCommand()));
  }

  private static Failure absent(
      @org.jspecify.annotations.Nullable ContainerInstance instance,
      String idOrArn,
      Cluster cluster,
      Scope scope) {
    String arn =
        instance != null
            ? instance.arn()
            : idOrArn.startsWith("arn:")
                ? idOrArn
                : scope
                    .arn("ecs", "container-instance/" + cluster.name() + "/" + idOrArn)
                    .toString();
    return Failure.builder().arn(arn).reason(instance == null ? "MISSING" : "INACTIVE").build();
  }
}
