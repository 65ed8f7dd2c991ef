package dev.roadstead.control.ecs.cluster;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.ClusterBuilder;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.ServiceCounts;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterResponse;

/// Deletes an empty cluster: it becomes INACTIVE and is forgotten later. Repeated deletes return
/// the INACTIVE cluster. Source: Amazon ECS API reference, DeleteCluster.
public final class DeleteCluster implements Write<DeleteClusterRequest, DeleteClusterResponse> {
  private static final String TEXT = "The Cluster cannot be deleted while ";

  @Override
  public Decision<DeleteClusterResponse> decide(
      State state, DeleteClusterRequest request, Call call) {
    if (request.cluster() == null || request.cluster().isEmpty()) {
      throw EcsErrors.invalidParameter("Cluster can not be blank.");
    }
    Cluster cluster = Clusters.find(state, call.scope(), request.cluster());
    if (cluster == null) {
      throw EcsErrors.clusterNotFound();
    }
    if (!cluster.active()) {
      return Decision.unchanged(answer(state, cluster));
    }
    checkEmpty(state, cluster);
    Cluster inactive =
        ClusterBuilder.builder(cluster).status(Cluster.INACTIVE).inactiveAt(call.now()).build();
    List<Change> changes = List.of(Clusters.put(inactive));
    return new Decision<>(changes, answer(state, inactive));
  }

  private static void checkEmpty(State state, Cluster cluster) {
    if (state.count(ContainerInstances.REGISTERED_BY_CLUSTER, cluster.key()) > 0) {
      throw EcsErrors.of(
          "ClusterContainsContainerInstancesException",
          TEXT + "Container Instances are active or draining.");
    }
    ServiceCounts services = state.value(Services.BY_CLUSTER, cluster.key());
    if (!services.equals(ServiceCounts.NONE)) {
      throw EcsErrors.of("ClusterContainsServicesException", TEXT + "Services are active.");
    }
    if (state.value(Tasks.BY_CLUSTER, cluster.key()).total() > 0) {
      throw EcsErrors.of("ClusterContainsTasksException", TEXT + "Tasks are active.");
    }
  }

  private static DeleteClusterResponse answer(State state, Cluster cluster) {
    return DeleteClusterResponse.builder()
        .cluster(ClusterShape.of(state, cluster, ClusterShape.STORED))
        .build();
  }
}
