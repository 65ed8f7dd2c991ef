package dev.roadstead.control.ecs.capacity;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.CapacityProvider;
import dev.roadstead.control.ecs.table.CapacityProviderBuilder;
import dev.roadstead.control.ecs.table.CapacityProviders;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.UpdateCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.UpdateCapacityProviderResponse;

/// Changes the settings of a capacity provider; what is not sent stays. Source: Amazon ECS API
/// reference, UpdateCapacityProvider.
public final class UpdateCapacityProvider
    implements Write<UpdateCapacityProviderRequest, UpdateCapacityProviderResponse> {
  @Override
  public Decision<UpdateCapacityProviderResponse> decide(
      State state, UpdateCapacityProviderRequest request, Call call) {
    if (request.cluster() != null) {
      Clusters.require(state, call.scope(), request.cluster());
    }
    if (request.managedInstancesProvider() != null || request.cluster() != null) {
      throw EcsErrors.unsupported("managedInstancesProvider");
    }
    CapacityProvider before = CapacityProviders.require(state, call.scope(), request.name());
    if (request.autoScalingGroupProvider() == null) {
      throw EcsErrors.invalidParameter(
          "Specify either autoScalingGroupProvider or managedInstancesProvider.");
    }
    CapacityProvider after =
        CreateCapacityProvider.settings(
                CapacityProviderBuilder.builder(before).updateStatus("UPDATE_COMPLETE"),
                Scaling.updated(ProviderShape.settings(before), request.autoScalingGroupProvider()))
            .build();
    List<Change> changes = after.equals(before) ? List.of() : List.of(CapacityProviders.put(after));
    return new Decision<>(
        changes,
        UpdateCapacityProviderResponse.builder()
            .capacityProvider(ProviderShape.of(after, true))
            .build());
  }
}
