package dev.roadstead.control.ecs.task;

import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.ClusterResource;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ProtectedTask;

/// What the operations on task protection share. Source of the reasons: ECS developer guide, "API
/// failure reasons".
final class Protection {
  private Protection() {}

  /// The tasks that a request names.
  ///
  /// @param able those that can have protection
  /// @param failures why the others can't
  record Named(List<Task> able, List<Failure> failures) {}

  /// @param names ids or ARNs, each once
  static Named named(State state, Scope scope, String cluster, Set<String> names) {
    List<Task> able = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String name : names) {
      Task task = Tasks.find(state, scope, cluster, name);
      Failure failure = task == null ? missing(scope, cluster, name) : failure(task);
      if (failure != null) {
        failures.add(failure);
      } else if (task != null) {
        able.add(task);
      }
    }
    return new Named(able, failures);
  }

  private static Failure missing(Scope scope, String cluster, String name) {
    return failure(new ClusterResource(scope, "task", cluster, name).arn(), "MISSING", null);
  }

  /// Why a task can have no protection, or null when it can.
  private static @Nullable Failure failure(Task task) {
    String arn = task.arn();
    if (task.serviceName() == null) {
      return failure(arn, "TASK_NOT_VALID", "The task is not part of an Amazon ECS service.");
    }
    if (!task.wanted()) {
      return failure(arn, "TASK_NOT_VALID", "The task is stopping or has stopped.");
    }
    return null;
  }

  static Failure failure(String arn, String reason, @Nullable String detail) {
    return Failure.builder().arn(arn).reason(reason).detail(detail).build();
  }

  /// @param until null when it is not protected
  static ProtectedTask shape(Task task, @Nullable Instant until) {
    return ProtectedTask.builder()
        .taskArn(task.arn())
        .protectionEnabled(until != null)
        .expirationDate(until)
        .build();
  }
}
