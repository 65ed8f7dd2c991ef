package dev.roadstead.control.ecs.task;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.Page;
import dev.roadstead.control.ecs.api.Paging;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;

/// Lists the ARNs of tasks; those with desired status RUNNING when none is named. Every filter that
/// is given must hold. Source: Amazon ECS API reference, ListTasks.
public final class ListTasks implements Read<ListTasksRequest, ListTasksResponse> {
  @Override
  public ListTasksResponse answer(State state, ListTasksRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    Predicate<Task> filter = filter(state, request, cluster, call);
    List<Task> tasks = candidates(state, request, cluster).stream().filter(filter).toList();
    Page<Task> page =
        Paging.page(
            tasks,
            Task::key,
            Paging.Ask.of(binding(request, cluster), request.maxResults(), request.nextToken()));
    return ListTasksResponse.builder()
        .taskArns(page.items().stream().map(Task::arn).toList())
        .nextToken(page.nextToken())
        .build();
  }

  /// PENDING is a valid value that no task has: ECS sets desired statuses RUNNING and STOPPED only.
  private static List<Task> candidates(State state, ListTasksRequest request, Cluster cluster) {
    String desired =
        request.desiredStatusAsString() == null ? "RUNNING" : request.desiredStatusAsString();
    return switch (desired) {
      case "RUNNING" -> state.rows(Tasks.WANTED_BY_CLUSTER, cluster.key());
      case "STOPPED" -> state.rows(Tasks.UNWANTED_BY_CLUSTER, cluster.key());
      case "PENDING" -> List.of();
      default ->
          throw EcsErrors.invalidParameter(
              "desiredStatus should be one of [RUNNING,PENDING,STOPPED]");
    };
  }

  private static Predicate<Task> filter(
      State state, ListTasksRequest request, Cluster cluster, Call call) {
    Predicate<Task> filter = same(request.family(), Task::family);
    filter = filter.and(same(request.startedBy(), Task::startedBy));
    if (request.launchType() == LaunchType.UNKNOWN_TO_SDK_VERSION) {
      throw EcsErrors.invalidParameter(
          "launchType should be one of [EC2,FARGATE,EXTERNAL,MANAGED_INSTANCES]");
    }
    filter = filter.and(same(request.launchTypeAsString(), Task::launchType));
    if (request.containerInstance() != null) {
      ContainerInstance instance =
          ContainerInstances.find(state, call.scope(), cluster.name(), request.containerInstance());
      if (instance == null) {
        throw EcsErrors.invalidParameter("The specified container instance was not found.");
      }
      filter = filter.and(same(instance.id(), Task::instanceId));
    }
    if (request.serviceName() != null) {
      Service service = Services.find(state, call.scope(), cluster.name(), request.serviceName());
      if (service == null) {
        throw EcsErrors.serviceNotFound();
      }
      filter = filter.and(same(service.name(), Task::serviceName));
    }
    if (request.daemonName() != null) {
      filter = _ -> false;
    }
    return filter;
  }

  private static Predicate<Task> same(
      @Nullable String wanted, java.util.function.Function<Task, @Nullable String> member) {
    return wanted == null ? _ -> true : task -> wanted.equals(member.apply(task));
  }

  private static String binding(ListTasksRequest request, Cluster cluster) {
    return String.join(
        "|",
        "ListTasks",
        cluster.key(),
        String.valueOf(request.containerInstance()),
        String.valueOf(request.family()),
        String.valueOf(request.startedBy()),
        String.valueOf(request.serviceName()),
        String.valueOf(request.launchTypeAsString()),
        String.valueOf(request.desiredStatusAsString()));
  }
}
