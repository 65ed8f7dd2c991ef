package dev.roadstead.control.ecs.cluster;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.ClusterBuilder;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.UpdateClusterSettingsRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterSettingsResponse;

/// Changes the settings of a cluster. Source: Amazon ECS API reference, UpdateClusterSettings.
public final class UpdateClusterSettings
    implements Write<UpdateClusterSettingsRequest, UpdateClusterSettingsResponse> {
  @Override
  public Decision<UpdateClusterSettingsResponse> decide(
      State state, UpdateClusterSettingsRequest request, Call call) {
    if (request.cluster() == null || request.cluster().isEmpty()) {
      throw EcsErrors.invalidParameter("Cluster can not be blank.");
    }
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    if (request.settings().isEmpty()) {
      throw EcsErrors.invalidParameter("Settings cannot be empty.");
    }
    var document = ClusterDocument.read(cluster);
    document.settings(ClusterDocument.settings(request.settings(), ""));
    Cluster changed =
        ClusterBuilder.builder(cluster).document(ClusterDocument.write(document)).build();
    List<Change> changes = changed.equals(cluster) ? List.of() : List.of(Clusters.put(changed));
    return new Decision<>(
        changes,
        UpdateClusterSettingsResponse.builder()
            .cluster(ClusterShape.of(state, changed, ClusterShape.STORED))
            .build());
  }
}
