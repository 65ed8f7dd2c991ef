package dev.roadstead.control.ecs.cluster;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.Failure;

/// Describes clusters, the default one when none is named. Source: Amazon ECS API reference,
/// DescribeClusters.
public final class DescribeClusters
    implements Read<DescribeClustersRequest, DescribeClustersResponse> {
  static final int CLUSTERS_MAX = 100; // the AWS limit

  @Override
  public DescribeClustersResponse answer(State state, DescribeClustersRequest request, Call call) {
    List<String> names =
        request.clusters().isEmpty() ? List.of(Clusters.DEFAULT) : request.clusters();
    if (names.size() > CLUSTERS_MAX) {
      throw EcsErrors.invalidParameter(
          "Clusters cannot have more than " + CLUSTERS_MAX + " elements.");
    }
    Set<ClusterField> include = EnumSet.noneOf(ClusterField.class);
    include.addAll(request.include());
    if (include.contains(ClusterField.UNKNOWN_TO_SDK_VERSION)) {
      throw EcsErrors.invalidParameter(
          "include should be one of [ATTACHMENTS,CONFIGURATIONS,SETTINGS,STATISTICS,TAGS]");
    }
    List<software.amazon.awssdk.services.ecs.model.Cluster> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String name : names) {
      Cluster cluster = Clusters.find(state, call.scope(), name);
      if (cluster == null) {
        String arn =
            name.startsWith("arn:") ? name : call.scope().arn("ecs", "cluster/" + name).toString();
        failures.add(Failure.builder().arn(arn).reason("MISSING").build());
      } else {
        found.add(ClusterShape.of(state, cluster, include));
      }
    }
    return DescribeClustersResponse.builder().clusters(found).failures(failures).build();
  }
}
