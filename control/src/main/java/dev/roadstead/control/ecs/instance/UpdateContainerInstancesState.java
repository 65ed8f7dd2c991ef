package dev.roadstead.control.ecs.instance;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateRequest;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateResponse;

/// Sets container instances to ACTIVE or DRAINING. Source: Amazon ECS API reference,
/// UpdateContainerInstancesState.
public final class UpdateContainerInstancesState
    implements Write<UpdateContainerInstancesStateRequest, UpdateContainerInstancesStateResponse> {
  static final int INSTANCES_MAX = 10; // the AWS limit

  @Override
  public Decision<UpdateContainerInstancesStateResponse> decide(
      State state, UpdateContainerInstancesStateRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    Set<String> names = new LinkedHashSet<>(request.containerInstances());
    if (names.isEmpty()) {
      throw EcsErrors.invalidParameter("Container Instances cannot be empty.");
    }
    if (names.size() > INSTANCES_MAX) {
      throw EcsErrors.invalidParameter(
          "Container Instances cannot have more than " + INSTANCES_MAX + " elements.");
    }
    String status = request.statusAsString();
    if (!ContainerInstance.ACTIVE.equals(status) && !ContainerInstance.DRAINING.equals(status)) {
      throw EcsErrors.invalidParameter(
          "Container instance status should be one of [ACTIVE, DRAINING]");
    }
    List<Change> changes = new ArrayList<>();
    List<ContainerInstance> touched = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String name : names) {
      ContainerInstance row = ContainerInstances.find(state, call.scope(), cluster.name(), name);
      if (row == null || row.status().equals(ContainerInstance.INACTIVE)) {
        String reason = row == null ? "MISSING" : "INACTIVE";
        failures.add(InstanceLookup.failure(call.scope(), cluster.name(), name, reason));
      } else {
        boolean same = row.status().equals(status);
        changes.addAll(
            ContainerInstances.update(
                row,
                ContainerInstanceBuilder.builder(row)
                    .status(status)
                    .changedAt(same ? row.changedAt() : call.now())
                    .build()));
        touched.add(row);
      }
    }
    return new Decision<>(changes, answer(state.with(changes), touched, failures));
  }

  private static UpdateContainerInstancesStateResponse answer(
      State after, List<ContainerInstance> touched, List<Failure> failures) {
    List<software.amazon.awssdk.services.ecs.model.ContainerInstance> shapes = new ArrayList<>();
    for (ContainerInstance row : touched) {
      shapes.add(InstanceShape.of(after, after.get(ContainerInstances.TABLE, row.key()), Set.of()));
    }
    return UpdateContainerInstancesStateResponse.builder()
        .containerInstances(shapes)
        .failures(failures)
        .build();
  }
}
