package dev.roadstead.control.ecs.service;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.Page;
import dev.roadstead.control.ecs.api.Paging;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.DeploymentRecord;
import dev.roadstead.control.ecs.table.DeploymentRecord.Status;
import dev.roadstead.control.ecs.table.DeploymentRecords;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.engine.root.State;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CreatedAt;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsResponse;

/// Lists the deployments in a service's history, newest first. Source: Amazon ECS API reference,
/// ListServiceDeployments.
public final class ListServiceDeployments
    implements Read<ListServiceDeploymentsRequest, ListServiceDeploymentsResponse> {
  private static final int PAGE_USUAL = 20; // the AWS default

  private static final String[] STATUSES =
      Arrays.stream(Status.values()).map(Status::name).toArray(String[]::new);

  @Override
  public ListServiceDeploymentsResponse answer(
      State state, ListServiceDeploymentsRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    Service service =
        Services.find(state, call.scope(), cluster.name(), Text.service(request.service()));
    if (service == null) {
      throw EcsErrors.serviceNotFound();
    }
    List<String> statuses = request.statusAsStrings();
    statuses.forEach(one -> Text.oneOf(one, STATUSES));
    CreatedAt created = request.createdAt();
    Instant after = created == null ? null : created.after();
    Instant before = created == null ? null : created.before();
    List<DeploymentRecord> records =
        DeploymentRecords.newestFirst(state, service.key()).stream()
            .filter(one -> statuses.isEmpty() || statuses.contains(one.status().name()))
            .filter(one -> within(one.createdAt(), after, before))
            .toList();
    String binding =
        String.join(
            "|", "ListServiceDeployments", service.key(), statuses + "", after + "", before + "");
    Page<DeploymentRecord> page =
        Paging.pageDescending(
            records,
            one -> String.format(Locale.ROOT, "%012d", one.sequence()),
            new Paging.Ask(
                binding, request.maxResults(), request.nextToken(), Paging.MAX, PAGE_USUAL));
    return ListServiceDeploymentsResponse.builder()
        .serviceDeployments(page.items().stream().map(DeploymentShape::brief).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static boolean within(
      Instant created, @Nullable Instant after, @Nullable Instant before) {
    return (after == null || !created.isBefore(after))
        && (before == null || !created.isAfter(before));
  }
}
