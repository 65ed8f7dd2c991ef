package dev.roadstead.control.ecs.instance;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.Page;
import dev.roadstead.control.ecs.api.Paging;
import dev.roadstead.control.ecs.placement.Query;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceStatus;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesResponse;

/// Lists a cluster's container instances: all but INACTIVE ones unless a status is asked for.
/// Source: Amazon ECS API reference, ListContainerInstances.
public final class ListContainerInstances
    implements Read<ListContainerInstancesRequest, ListContainerInstancesResponse> {
  @Override
  public ListContainerInstancesResponse answer(
      State state, ListContainerInstancesRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    if (request.status() == ContainerInstanceStatus.UNKNOWN_TO_SDK_VERSION) {
      throw EcsErrors.invalidParameter(
          "status should be one of [ACTIVE,DEREGISTERING,DRAINING,REGISTERING,"
              + "REGISTRATION_FAILED]");
    }
    String status = request.statusAsString();
    String filter = request.filter() == null ? "" : request.filter();
    Query query = filter.isBlank() ? null : Query.parse(filter);
    List<ContainerInstance> rows =
        "INACTIVE".equals(status)
            ? state.rows(ContainerInstances.BY_CLUSTER, cluster.key())
            : state.rows(ContainerInstances.REGISTERED_BY_CLUSTER, cluster.key());
    List<ContainerInstance> kept =
        rows.stream()
            .filter(row -> status == null || row.status().equals(status))
            .filter(row -> matches(state, row, query))
            .toList();
    Page<ContainerInstance> page =
        Paging.page(
            kept,
            ContainerInstance::key,
            Paging.Ask.of(
                "ListContainerInstances|" + cluster.key() + "|" + status + "|" + filter,
                request.maxResults(),
                request.nextToken()));
    return ListContainerInstancesResponse.builder()
        .containerInstanceArns(page.items().stream().map(ContainerInstance::arn).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static boolean matches(State state, ContainerInstance row, @Nullable Query query) {
    return query == null
        || query.matches(new Query.Subject(row, state.value(Tasks.USAGE, row.key())));
  }
}
