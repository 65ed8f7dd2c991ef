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
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;

/// Lists the ARNs of tasks; those with desired status RUNNING when none is named. Every filter that
/// is given must hold. Source: Amazon ECS API reference, ListTasks.
public final class ListTasks implements Read<ListTasksRequest, ListTasksResponse> {
  private final TaskHistory history;

  /// The operation over rows and a history.
  ///
  /// @param history asked for stopped tasks whose rows are gone
  public ListTasks(TaskHistory history) {
    this.history = history;
  }

  @Override
  public ListTasksResponse answer(State state, ListTasksRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    TaskHistory.Filter filter = filter(state, request, cluster, call);
    List<Task> rows =
        candidates(state, request, cluster).stream()
            .filter(task -> request.daemonName() == null && passes(filter, task))
            .toList();
    boolean past = looksBack(request);
    Page<Task> page =
        Paging.page(
            (after, count) -> past ? merged(rows, filter, after, count) : from(rows, after, count),
            Task::key,
            Paging.Ask.of(binding(request, cluster), request.maxResults(), request.nextToken()));
    return ListTasksResponse.builder()
        .taskArns(page.items().stream().map(Task::arn).toList())
        .nextToken(page.nextToken())
        .build();
  }

  @Override
  public boolean waits(State state, ListTasksRequest request, Call call) {
    return looksBack(request) && !history.isEmpty();
  }

  private static boolean looksBack(ListTasksRequest request) {
    return "STOPPED".equals(request.desiredStatusAsString()) && request.daemonName() == null;
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

  private static List<Task> from(List<Task> rows, String after, int count) {
    return rows.stream().filter(task -> task.key().compareTo(after) > 0).limit(count).toList();
  }

  /// Rows and history together; a task that is in both is there once, as its row is.
  private List<Task> merged(List<Task> rows, TaskHistory.Filter filter, String after, int count) {
    SortedMap<String, Task> tasks = new TreeMap<>();
    history.list(filter, after, count).forEach(task -> tasks.put(task.key(), task));
    from(rows, after, count).forEach(task -> tasks.put(task.key(), task));
    return tasks.values().stream().limit(count).toList();
  }

  private static TaskHistory.Filter filter(
      State state, ListTasksRequest request, Cluster cluster, Call call) {
    if (request.launchType() == LaunchType.UNKNOWN_TO_SDK_VERSION) {
      throw EcsErrors.invalidParameter(
          "launchType should be one of [EC2,FARGATE,EXTERNAL,MANAGED_INSTANCES]");
    }
    String instanceId = null;
    String serviceName = null;
    if (request.containerInstance() != null) {
      ContainerInstance instance =
          ContainerInstances.find(state, call.scope(), cluster.name(), request.containerInstance());
      if (instance == null) {
        throw EcsErrors.invalidParameter("The specified container instance was not found.");
      }
      instanceId = instance.id();
    }
    if (request.serviceName() != null) {
      Service service = Services.find(state, call.scope(), cluster.name(), request.serviceName());
      if (service == null) {
        throw EcsErrors.serviceNotFound();
      }
      serviceName = service.name();
    }
    return new TaskHistory.Filter(
        cluster.key(),
        request.family(),
        request.startedBy(),
        serviceName,
        instanceId,
        request.launchTypeAsString());
  }

  private static boolean passes(TaskHistory.Filter filter, Task task) {
    return same(filter.family(), task.family())
        && same(filter.startedBy(), task.startedBy())
        && same(filter.serviceName(), task.serviceName())
        && same(filter.instanceId(), task.instanceId())
        && same(filter.launchType(), task.launchType());
  }

  private static boolean same(@Nullable String wanted, @Nullable String is) {
    return wanted == null || wanted.equals(is);
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
