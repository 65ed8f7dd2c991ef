package dev.roadstead.control.ecs.cluster;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.Tags;
import dev.roadstead.control.ecs.capacity.CapacityStrategy;
import dev.roadstead.control.ecs.setting.Settings;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.ClusterBuilder;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.engine.root.State;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterResponse;

/// Creates a cluster; an ACTIVE one of that name is returned unchanged. Source: Amazon ECS API
/// reference, CreateCluster.
public final class CreateCluster implements Write<CreateClusterRequest, CreateClusterResponse> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");

  /// Source: ECS quotas, clusters per region.
  static final int CLUSTERS_MAX = 10_000;

  @Override
  public Decision<CreateClusterResponse> decide(
      State state, CreateClusterRequest request, Call call) {
    Scope scope = call.scope();
    String name =
        request.clusterName() == null || request.clusterName().isEmpty()
            ? Clusters.DEFAULT
            : request.clusterName();
    if (!NAME.matcher(name).matches()) {
      throw EcsErrors.invalidParameter(
          "Cluster name must be 1 to 255 letters, numbers, hyphens and underscores.");
    }
    Cluster existing = Clusters.find(state, scope, name);
    if (existing != null && existing.active()) {
      return Decision.unchanged(answer(state, existing));
    }
    if (state.count(Clusters.BY_SCOPE, scope.key()) >= CLUSTERS_MAX) {
      throw EcsErrors.of("LimitExceededException", "The limit for clusters was exceeded.");
    }
    ClusterDocument.refuseServiceConnect(request.serviceConnectDefaults());
    var document =
        software.amazon.awssdk.services.ecs.model.Cluster.builder()
            .settings(ClusterDocument.settings(request.settings(), insights(state, call)))
            .configuration(ClusterDocument.configuration(request.configuration()));
    Cluster bare =
        new Cluster(
            scope.account(),
            scope.region(),
            name,
            Cluster.ACTIVE,
            ClusterDocument.write(document),
            Tags.accept(request.tags()),
            List.of(),
            List.of(),
            call.now(),
            null);
    List<String> providers = CapacityStrategy.providers(state, bare, request.capacityProviders());
    Cluster cluster =
        ClusterBuilder.builder(bare)
            .capacityProviders(providers)
            .strategy(
                CapacityStrategy.ofCluster(
                    state, bare, providers, request.defaultCapacityProviderStrategy()))
            .build();
    List<dev.roadstead.engine.table.Change> changes = List.of(Clusters.put(cluster));
    return new Decision<>(changes, answer(state.with(changes), cluster));
  }

  /// What the caller's account setting says, where a cluster's own does not. Source: ECS developer
  /// guide, "Access Amazon ECS features with account settings".
  private static String insights(State state, Call call) {
    return Settings.effective(state, call, ClusterDocument.CONTAINER_INSIGHTS);
  }

  private static CreateClusterResponse answer(State state, Cluster cluster) {
    return CreateClusterResponse.builder()
        .cluster(ClusterShape.of(state, cluster, ClusterShape.STORED))
        .build();
  }
}
