package dev.roadstead.control.ecs.task;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.ecs.api.ClusterResource;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.TaskField;

/// Describes tasks; those that are not there are failures. Source: Amazon ECS API reference,
/// DescribeTasks.
public final class DescribeTasks implements Read<DescribeTasksRequest, DescribeTasksResponse> {
  static final int TASKS_MAX = 100; // the AWS limit

  private final TaskHistory history;

  /// The operation over rows and a history.
  ///
  /// @param history asked for tasks whose rows are gone
  public DescribeTasks(TaskHistory history) {
    this.history = history;
  }

  @Override
  public DescribeTasksResponse answer(State state, DescribeTasksRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    if (request.tasks().isEmpty()) {
      throw EcsErrors.invalidParameter("Tasks cannot be empty.");
    }
    if (request.tasks().size() > TASKS_MAX) {
      throw EcsErrors.invalidParameter("Tasks cannot have more than " + TASKS_MAX + " elements.");
    }
    if (request.include().contains(TaskField.UNKNOWN_TO_SDK_VERSION)) {
      throw EcsErrors.invalidParameter("include should be one of [TAGS]");
    }
    boolean withTags = request.include().contains(TaskField.TAGS);
    List<software.amazon.awssdk.services.ecs.model.Task> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String idOrArn : request.tasks()) {
      ClusterResource named = new ClusterResource(call.scope(), "task", cluster.name(), idOrArn);
      Task row = Tasks.find(state, call.scope(), cluster.name(), idOrArn);
      String key = named.key();
      Task task = row == null && key != null ? history.find(key) : row;
      if (task == null) {
        failures.add(Failure.builder().arn(named.arn()).reason("MISSING").build());
      } else {
        found.add(TaskShape.of(state, task, withTags));
      }
    }
    return DescribeTasksResponse.builder().tasks(found).failures(failures).build();
  }

  @Override
  public boolean waits(State state, DescribeTasksRequest request, Call call) {
    if (history.isEmpty() || request.tasks().size() > TASKS_MAX) {
      return false;
    }
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    return request.tasks().stream()
        .anyMatch(one -> Tasks.find(state, call.scope(), cluster.name(), one) == null);
  }
}
