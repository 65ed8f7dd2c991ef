package dev.roadstead.control.ecs.instance;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceField;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.Failure;

/// Describes container instances. Source: Amazon ECS API reference, DescribeContainerInstances.
public final class DescribeContainerInstances
    implements Read<DescribeContainerInstancesRequest, DescribeContainerInstancesResponse> {
  static final int INSTANCES_MAX = 100; // the AWS limit

  @Override
  public DescribeContainerInstancesResponse answer(
      State state, DescribeContainerInstancesRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    List<String> names = request.containerInstances();
    if (names.isEmpty()) {
      throw EcsErrors.invalidParameter("Container Instances cannot be empty.");
    }
    if (names.size() > INSTANCES_MAX) {
      throw EcsErrors.invalidParameter(
          "Container Instances cannot have more than " + INSTANCES_MAX + " elements.");
    }
    Set<ContainerInstanceField> include = EnumSet.noneOf(ContainerInstanceField.class);
    include.addAll(request.include());
    if (include.contains(ContainerInstanceField.UNKNOWN_TO_SDK_VERSION)) {
      throw EcsErrors.invalidParameter("include should be one of [CONTAINER_INSTANCE_HEALTH,TAGS]");
    }
    List<software.amazon.awssdk.services.ecs.model.ContainerInstance> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String name : names) {
      ContainerInstance row = ContainerInstances.find(state, call.scope(), cluster.name(), name);
      if (row == null) {
        failures.add(InstanceLookup.failure(call.scope(), cluster.name(), name, "MISSING"));
      } else {
        found.add(InstanceShape.of(state, row, include));
      }
    }
    return DescribeContainerInstancesResponse.builder()
        .containerInstances(found)
        .failures(failures)
        .build();
  }
}
