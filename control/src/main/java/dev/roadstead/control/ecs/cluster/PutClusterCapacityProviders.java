package dev.roadstead.control.ecs.cluster;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.capacity.CapacityStrategy;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.ClusterBuilder;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.PutClusterCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.PutClusterCapacityProvidersResponse;

/// Replaces the capacity providers of a cluster and its default strategy. One that tasks or
/// services use cannot be removed. Source: Amazon ECS API reference, PutClusterCapacityProviders.
public final class PutClusterCapacityProviders
    implements Write<PutClusterCapacityProvidersRequest, PutClusterCapacityProvidersResponse> {
  @Override
  public Decision<PutClusterCapacityProvidersResponse> decide(
      State state, PutClusterCapacityProvidersRequest request, Call call) {
    if (request.cluster() == null || request.cluster().isEmpty()) {
      throw EcsErrors.invalidParameter("Cluster can not be blank.");
    }
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    if (!request.hasCapacityProviders()) {
      throw EcsErrors.invalidParameter("capacityProviders can not be blank.");
    }
    if (!request.hasDefaultCapacityProviderStrategy()) {
      throw EcsErrors.invalidParameter("defaultCapacityProviderStrategy can not be blank.");
    }
    List<String> names = CapacityStrategy.providers(state, cluster, request.capacityProviders());
    for (String old : cluster.capacityProviders()) {
      if (!names.contains(old) && inUse(state, cluster, old)) {
        throw EcsErrors.of(
            "ResourceInUseException",
            "The specified capacity provider is in use and cannot be removed.");
      }
    }
    Cluster changed =
        ClusterBuilder.builder(cluster)
            .capacityProviders(names)
            .strategy(
                CapacityStrategy.ofCluster(
                    state, cluster, names, request.defaultCapacityProviderStrategy()))
            .build();
    List<Change> changes = changed.equals(cluster) ? List.of() : List.of(Clusters.put(changed));
    return new Decision<>(
        changes,
        PutClusterCapacityProvidersResponse.builder()
            .cluster(ClusterShape.of(state.with(changes), changed, ClusterShape.STORED))
            .build());
  }

  private static boolean inUse(State state, Cluster cluster, String provider) {
    String group = ContainerInstances.providerGroup(cluster.key(), provider);
    return state.value(Tasks.BY_PROVIDER, group) > 0
        || state.count(Services.BY_PROVIDER, group) > 0
        || state.count(TaskSets.BY_PROVIDER, group) > 0;
  }
}
