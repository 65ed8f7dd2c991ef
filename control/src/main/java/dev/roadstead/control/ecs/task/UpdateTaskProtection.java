package dev.roadstead.control.ecs.task;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceNotice;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskProtections;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ProtectedTask;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionResponse;

/// Protects tasks of services from scale-in and from being replaced by a deployment, for a time, or
/// ends that. Protecting again begins the time anew. Source: Amazon ECS API reference,
/// UpdateTaskProtection.
///
/// While a deployment waits for protected tasks of older ones, no more of those can be protected.
public final class UpdateTaskProtection
    implements Write<UpdateTaskProtectionRequest, UpdateTaskProtectionResponse> {
  static final int TASKS_MAX = 10; // the AWS limit
  static final int MINUTES_MAX = 2880; // the AWS limit, 48 hours
  static final int MINUTES_USUAL = 120; // the AWS default

  @Override
  public Decision<UpdateTaskProtectionResponse> decide(
      State state, UpdateTaskProtectionRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    Set<String> names = new LinkedHashSet<>(request.tasks());
    check(names, request);
    boolean protect = Boolean.TRUE.equals(request.protectionEnabled());
    int minutes = request.expiresInMinutes() == null ? MINUTES_USUAL : request.expiresInMinutes();
    Instant until = call.now().plus(Duration.ofMinutes(minutes));
    List<Change> changes = new ArrayList<>();
    List<ProtectedTask> found = new ArrayList<>();
    Protection.Named named = Protection.named(state, call.scope(), cluster.name(), names);
    List<Failure> failures = new ArrayList<>(named.failures());
    for (Task task : named.able()) {
      if (protect && blocked(state, task, call.now())) {
        failures.add(
            Protection.failure(
                task.arn(),
                "DEPLOYMENT_BLOCKED",
                "A deployment of the service waits for protected tasks."));
      } else {
        changes.add(
            protect ? TaskProtections.protect(task, until) : TaskProtections.forget(task.key()));
        found.add(Protection.shape(task, protect ? until : null));
      }
    }
    return new Decision<>(
        changes,
        UpdateTaskProtectionResponse.builder().protectedTasks(found).failures(failures).build());
  }

  private static void check(Set<String> names, UpdateTaskProtectionRequest request) {
    if (names.isEmpty()) {
      throw EcsErrors.invalidParameter("Tasks cannot be empty.");
    }
    if (names.size() > TASKS_MAX) {
      throw EcsErrors.invalidParameter("Tasks cannot have more than " + TASKS_MAX + " elements.");
    }
    if (request.protectionEnabled() == null) {
      throw EcsErrors.invalidParameter("protectionEnabled can not be blank.");
    }
    Integer minutes = request.expiresInMinutes();
    if (minutes != null && (minutes < 1 || minutes > MINUTES_MAX)) {
      throw EcsErrors.invalidParameter(
          "expiresInMinutes must be between 1 and " + MINUTES_MAX + ".");
    }
  }

  private static boolean blocked(State state, Task task, Instant now) {
    String key = task.serviceKey();
    Service service = key == null ? null : state.find(Services.TABLE, key);
    return service != null
        && service.deployments().size() > 1
        && !service.primary().id().equals(task.deploymentId())
        && TaskProtections.expiry(state, task, now) == null
        && service.notices().stream().anyMatch(one -> one.kind() == ServiceNotice.Kind.PROTECTED);
  }
}
