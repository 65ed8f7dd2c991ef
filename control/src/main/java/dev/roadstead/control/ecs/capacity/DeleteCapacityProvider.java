package dev.roadstead.control.ecs.capacity;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.CapacityProvider;
import dev.roadstead.control.ecs.table.CapacityProviderBuilder;
import dev.roadstead.control.ecs.table.CapacityProviders;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.engine.root.State;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DeleteCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.DeleteCapacityProviderResponse;

/// Deletes a capacity provider that no cluster is associated with: it becomes INACTIVE and is
/// forgotten later. Repeated deletes return the INACTIVE one. Source: Amazon ECS API reference,
/// DeleteCapacityProvider.
public final class DeleteCapacityProvider
    implements Write<DeleteCapacityProviderRequest, DeleteCapacityProviderResponse> {
  @Override
  public Decision<DeleteCapacityProviderResponse> decide(
      State state, DeleteCapacityProviderRequest request, Call call) {
    Scope scope = call.scope();
    if (request.cluster() != null) {
      Clusters.require(state, call.scope(), request.cluster());
    }
    String sent = request.capacityProvider();
    if (sent == null || sent.isEmpty()) {
      throw EcsErrors.invalidParameter("Capacity provider can not be blank.");
    }
    String name = CapacityProviders.nameOf(sent, scope);
    if (CapacityProviders.FARGATE.contains(name)) {
      throw EcsErrors.client(
          "The FARGATE and FARGATE_SPOT capacity providers are reserved and can't be deleted.");
    }
    CapacityProvider before = CapacityProviders.find(state, scope, name);
    if (before == null) {
      throw CapacityProviders.missing();
    }
    if (!before.active()) {
      return Decision.unchanged(answer(before));
    }
    List<String> users =
        state.rows(Clusters.BY_SCOPE, scope.key()).stream()
            .filter(one -> one.active() && one.capacityProviders().contains(name))
            .map(Cluster::name)
            .toList();
    if (!users.isEmpty()) {
      throw EcsErrors.client(
          "The capacity provider cannot be deleted because it is associated with cluster: "
              + String.join(", ", users)
              + ". Remove the capacity provider from the cluster and try again.");
    }
    CapacityProvider after =
        CapacityProviderBuilder.builder(before)
            .status(CapacityProvider.INACTIVE)
            .updateStatus("DELETE_COMPLETE")
            .inactiveAt(call.now())
            .build();
    return new Decision<>(List.of(CapacityProviders.put(after)), answer(after));
  }

  private static DeleteCapacityProviderResponse answer(CapacityProvider provider) {
    return DeleteCapacityProviderResponse.builder()
        .capacityProvider(ProviderShape.of(provider, true))
        .build();
  }
}
