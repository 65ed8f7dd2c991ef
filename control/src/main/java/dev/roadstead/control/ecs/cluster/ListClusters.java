package dev.roadstead.control.ecs.cluster;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.ecs.api.Page;
import dev.roadstead.control.ecs.api.Paging;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.engine.root.State;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;

/// Lists the ARNs of ACTIVE clusters. Source: Amazon ECS API reference, ListClusters.
public final class ListClusters implements Read<ListClustersRequest, ListClustersResponse> {
  @Override
  public ListClustersResponse answer(State state, ListClustersRequest request, Call call) {
    List<String> arns =
        state.rows(Clusters.BY_SCOPE, call.scope().key()).stream()
            .filter(Cluster::active)
            .map(Cluster::arn)
            .toList();
    Page<String> page =
        Paging.page(
            arns,
            arn -> arn,
            Paging.Ask.of("ListClusters", request.maxResults(), request.nextToken()));
    return ListClustersResponse.builder()
        .clusterArns(page.items())
        .nextToken(page.nextToken())
        .build();
  }
}
