package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.DeploymentRecords;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceBuilder;
import dev.roadstead.control.ecs.table.ServiceEvents;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.TaskTimesBuilder;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// What is left at the end: of tasks whose instance is gone, and of services.
final class Endings {
  private Endings() {}

  /// Tasks whose instance is gone have ended: nobody will report it.
  static List<Change> bury(List<Task> lost, Instant now) {
    List<Change> changes = new ArrayList<>();
    for (Task task : lost) {
      StopCause cause =
          task.stop() != null
              ? task.stop()
              : new StopCause(
                  StopCause.SERVICE_SCHEDULER_INITIATED,
                  "Container instance deregistration forced by user");
      Instant stopping = task.times().stoppingAt();
      changes.addAll(
          Tasks.update(
              task,
              TaskBuilder.builder(task)
                  .wanted(false)
                  .lastStatus(TaskStatus.STOPPED)
                  .stop(cause)
                  .times(
                      TaskTimesBuilder.builder(task.times())
                          .stoppingAt(stopping == null ? now : stopping)
                          .stoppedAt(now)
                          .build())
                  .build()));
    }
    return changes;
  }

  /// A deleted service becomes INACTIVE: its last task is gone.
  static void inactive(ServiceBuilder next, Service before, Instant now) {
    String definition = ServiceShape.taskDefinitionArn(before, before.primary());
    next.status(Service.INACTIVE)
        .document(
            ServiceDocument.json(
                ServiceDocument.of(before).toBuilder().taskDefinition(definition).build()))
        .inactiveAt(now)
        .deployments(List.of())
        .placementFailures(0)
        .placementRetryAt(null)
        .wakeAt(null);
  }

  /// An INACTIVE service is forgotten with its history once its time is over; before that, when its
  /// cluster has too many, the one that ended first.
  static List<Change> forget(State state, Service service, Instant now) {
    Instant inactiveAt = service.inactiveAt();
    if (inactiveAt != null && !Services.expiry(inactiveAt).isAfter(now)) {
      return forget(state, service);
    }
    String cluster = service.clusterKey();
    if (state.count(Services.INACTIVE_BY_CLUSTER, cluster) <= Services.INACTIVE_MAX) {
      return List.of();
    }
    return state.rows(Services.INACTIVE_BY_CLUSTER, cluster).stream()
        .min(
            Comparator.<Service, Instant>comparing(
                    one -> Objects.requireNonNullElse(one.inactiveAt(), Instant.MIN))
                .thenComparing(Service::key))
        .map(one -> forget(state, one))
        .orElse(List.of());
  }

  private static List<Change> forget(State state, Service service) {
    List<Change> changes = new ArrayList<>();
    changes.add(Services.forget(service));
    changes.addAll(ServiceEvents.forget(state, service.key()));
    changes.addAll(DeploymentRecords.forget(state, service.key()));
    return changes;
  }
}
