package dev.roadstead.control.ecs.service;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.ecs.api.Page;
import dev.roadstead.control.ecs.api.Paging;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.engine.root.State;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;

/// Lists the ACTIVE services of a cluster, by name. Source: Amazon ECS API reference, ListServices.
public final class ListServices implements Read<ListServicesRequest, ListServicesResponse> {
  private static final int PAGE_USUAL = 10; // the AWS default, unlike most lists

  @Override
  public ListServicesResponse answer(State state, ListServicesRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    String launchType =
        known(request.launchTypeAsString(), "EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES");
    String scheduling = known(request.schedulingStrategyAsString(), "REPLICA", "DAEMON");
    String managed = known(request.resourceManagementTypeAsString(), "CUSTOMER", "ECS");
    List<Service> services =
        state.rows(Services.ACTIVE_BY_CLUSTER, cluster.key()).stream()
            .filter(one -> launchType == null || launchType.equals(one.launchType()))
            .filter(one -> scheduling == null || scheduling.equals(one.schedulingStrategy()))
            .filter(_ -> !"ECS".equals(managed))
            .toList();
    String binding =
        String.join(
            "|", "ListServices", cluster.key(), launchType + "", scheduling + "", managed + "");
    Page<Service> page =
        Paging.page(
            services,
            Service::key,
            new Paging.Ask(
                binding, request.maxResults(), request.nextToken(), Paging.MAX, PAGE_USUAL));
    return ListServicesResponse.builder()
        .serviceArns(page.items().stream().map(Service::arn).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static @Nullable String known(@Nullable String sent, String... values) {
    return sent == null ? null : Text.oneOf(sent, values);
  }
}
