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
import software.amazon.awssdk.services.ecs.model.UpdateClusterRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterResponse;

/// Changes settings and configuration of a cluster; what is not sent stays. Source: Amazon ECS API
/// reference, UpdateCluster.
public final class UpdateCluster implements Write<UpdateClusterRequest, UpdateClusterResponse> {
  @Override
  public Decision<UpdateClusterResponse> decide(
      State state, UpdateClusterRequest request, Call call) {
    if (request.cluster() == null || request.cluster().isEmpty()) {
      throw EcsErrors.invalidParameter("Cluster can not be blank.");
    }
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    ClusterDocument.refuseServiceConnect(request.serviceConnectDefaults());
    var document = ClusterDocument.read(cluster);
    if (!request.settings().isEmpty()) {
      document.settings(ClusterDocument.settings(request.settings(), ""));
    }
    if (request.configuration() != null) {
      document.configuration(ClusterDocument.configuration(request.configuration()));
    }
    Cluster changed =
        ClusterBuilder.builder(cluster).document(ClusterDocument.write(document)).build();
    List<Change> changes = changed.equals(cluster) ? List.of() : List.of(Clusters.put(changed));
    return new Decision<>(
        changes,
        UpdateClusterResponse.builder()
            .cluster(ClusterShape.of(state, changed, ClusterShape.STORED))
            .build());
  }
}
