package dev.roadstead.control.ecs.agent;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.instance.InstanceLookup;
import dev.roadstead.control.ecs.instance.InstanceShape;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceResponse;

/// Makes a container instance INACTIVE. With `force` its tasks are given up: they become STOPPED
/// here, their containers run on. Source: Amazon ECS API reference, DeregisterContainerInstance.
public final class DeregisterContainerInstance
    implements Write<DeregisterContainerInstanceRequest, DeregisterContainerInstanceResponse> {
  private static final StopCause FORCED =
      new StopCause(StopCause.USER_INITIATED, "Container instance deregistration forced by user");

  @Override
  public Decision<DeregisterContainerInstanceResponse> decide(
      State state, DeregisterContainerInstanceRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    ContainerInstance row =
        InstanceLookup.require(state, call.scope(), cluster.name(), request.containerInstance());
    List<Change> changes = new ArrayList<>();
    if (!row.status().equals(ContainerInstance.INACTIVE)) {
      List<Task> tasks = state.rows(Tasks.ALIVE_BY_INSTANCE, row.key());
      if (!tasks.isEmpty() && !Boolean.TRUE.equals(request.force())) {
        throw EcsErrors.invalidParameter("Found running tasks on the instance.");
      }
      for (Task task : tasks) {
        changes.addAll(Tasks.update(task, Observation.lost(task, FORCED, call.now())));
      }
      changes.addAll(
          ContainerInstances.update(
              row,
              ContainerInstanceBuilder.builder(row)
                  .status(ContainerInstance.INACTIVE)
                  .inactiveAt(call.now())
                  .build()));
    }
    State after = state.with(changes);
    return new Decision<>(
        changes,
        DeregisterContainerInstanceResponse.builder()
            .containerInstance(
                InstanceShape.of(after, after.get(ContainerInstances.TABLE, row.key()), Set.of()))
            .build());
  }
}
