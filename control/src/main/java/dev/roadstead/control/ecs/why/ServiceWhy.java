package dev.roadstead.control.ecs.why;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskSet;

/// Why a service is, or is not, as it is asked to be.
final class ServiceWhy {
  /// What ends a task by its own fault.
  private static final Set<Reason> FAULTS =
      EnumSet.of(
          Reason.IMAGE_NOT_FOUND,
          Reason.REGISTRY_REFUSED,
          Reason.BAD_COMMAND,
          Reason.NOT_STARTED,
          Reason.OUT_OF_MEMORY,
          Reason.HEALTH_FAILED,
          Reason.DEPENDENCY_UNMET,
          Reason.EXITED,
          Reason.FINISHED,
          Reason.UNEXPLAINED);

  private static final int EVENTS_SHOWN = 3;

  private final Ecs ecs;
  private final String cluster;
  private final Service service;
  private final String subject;

  private ServiceWhy(Ecs ecs, String cluster, Service service) {
    this.ecs = ecs;
    this.cluster = cluster;
    this.service = service;
    this.subject = "service " + service.serviceName() + " in cluster " + cluster;
  }

  static Finding of(Ecs ecs, String cluster, Service service) throws IOException {
    return new ServiceWhy(ecs, cluster, seen(service)).finding();
  }

  /// One that is driven by task sets, as if the task set that lacks tasks, else the primary one,
  /// were its deployment.
  private static Service seen(Service service) {
    TaskSet chosen =
        service.taskSets().stream()
            .min(
                Comparator.comparing(
                        (TaskSet one) -> one.runningCount() >= one.computedDesiredCount())
                    .thenComparing(one -> !"PRIMARY".equals(one.status())))
            .orElse(null);
    if (chosen == null) {
      return service;
    }
    return service.toBuilder()
        .desiredCount(service.taskSets().stream().mapToInt(TaskSet::computedDesiredCount).sum())
        .deployments(
            Deployment.builder()
                .id(chosen.id())
                .status(chosen.status())
                .taskDefinition(chosen.taskDefinition())
                .createdAt(chosen.createdAt())
                .updatedAt(chosen.updatedAt())
                .build())
        .build();
  }

  private Finding finding() throws IOException {
    if (!"ACTIVE".equals(service.status())) {
      return Finding.of(
          Reason.DELETED, subject, List.of("status " + service.status()), service.createdAt());
    }
    if (service.deployments().isEmpty()) {
      List<String> evidence = new ArrayList<>(evidence());
      evidence.add("it has no task set, and nothing runs before one is created");
      return Finding.of(Reason.AS_WANTED, subject, evidence, service.createdAt());
    }
    Deployment primary = service.deployments().getFirst();
    boolean complete = service.runningCount().equals(service.desiredCount());
    Task failed = lastFault();
    if ("FAILED".equals(primary.rolloutStateAsString())) {
      return with(Reason.DEPLOYMENT_FAILED, failed, primary.updatedAt());
    }
    if (complete && service.deployments().size() == 1) {
      return Finding.of(Reason.AS_WANTED, subject, evidence(), primary.updatedAt());
    }
    Finding room = room(primary);
    if (room != null) {
      return room;
    }
    if (failed != null && service.runningCount() < service.desiredCount()) {
      return with(Reason.CRASH_LOOP, failed, failed.stoppedAt());
    }
    if (newest("was unable to stop or start tasks during a deployment")) {
      return Finding.of(Reason.BLOCKED_BY_PERCENTAGES, subject, evidence(), primary.createdAt());
    }
    return onItsWay(primary);
  }

  /// The finding of the oldest task that is not RUNNING yet, else that a deployment goes on.
  private Finding onItsWay(Deployment primary) throws IOException {
    Task slow =
        ecs.tasks(cluster, service.serviceName(), "RUNNING").stream()
            .filter(one -> !one.lastStatus().equals("RUNNING"))
            .min(Comparator.comparing(Task::createdAt))
            .orElse(null);
    if (slow == null) {
      return Finding.of(Reason.ROLLING_OUT, subject, evidence(), primary.createdAt());
    }
    Finding task = TaskWhy.of(ecs, cluster, slow);
    List<String> evidence = new ArrayList<>(evidence());
    evidence.add("the oldest that is on its way: " + task.subject());
    return task.as(Reason.ROLLING_OUT, subject, evidence);
  }

  private Finding with(Reason reason, @Nullable Task failed, @Nullable Instant since) {
    List<String> evidence = new ArrayList<>(evidence());
    if (failed == null) {
      return Finding.of(reason, subject, evidence, since);
    }
    Finding last = TaskWhy.stopped(failed, TaskWhy.subject(cluster, failed));
    evidence.add("the last that failed: " + last.subject());
    Finding all = last.as(reason, subject, evidence);
    return new Finding(reason, subject, all.evidence(), since, last.change());
  }

  /// The newest stopped task of the newest task definition that ended by its own fault, or null.
  private @Nullable Task lastFault() throws IOException {
    Deployment primary = service.deployments().getFirst();
    return ecs.tasks(cluster, service.serviceName(), "STOPPED").stream()
        .filter(one -> primary.taskDefinition().equals(one.taskDefinitionArn()))
        .filter(one -> FAULTS.contains(TaskWhy.stopped(one, subject).reason()))
        .max(Comparator.comparing(TaskWhy::endedAt))
        .orElse(null);
  }

  private @Nullable Finding room(Deployment primary) throws IOException {
    if (service.runningCount() + service.pendingCount() >= service.desiredCount()) {
      return null;
    }
    TaskDefinition definition = ecs.definition(primary.taskDefinition());
    if (definition == null) {
      return null;
    }
    List<String> expressions =
        service.placementConstraints().stream()
            .map(PlacementConstraint::expression)
            .filter(one -> one != null && !one.isEmpty())
            .toList();
    String provider =
        service.capacityProviderStrategy().stream()
            .map(CapacityProviderStrategyItem::capacityProvider)
            .findFirst()
            .orElse(null);
    Finding room =
        Room.missing(
            ecs,
            new Room.Asked(cluster, definition, expressions, provider),
            subject,
            primary.updatedAt());
    if (room == null) {
      return null;
    }
    List<String> evidence = new ArrayList<>(room.evidence());
    evidence.addAll(evidence());
    return new Finding(room.reason(), subject, evidence, room.since(), room.change());
  }

  private boolean newest(String text) {
    return !service.events().isEmpty() && service.events().getFirst().message().contains(text);
  }

  private List<String> evidence() {
    List<String> evidence = new ArrayList<>();
    evidence.add(
        "%d of %d running, %d pending, %d deployments"
            .formatted(
                service.runningCount(),
                service.desiredCount(),
                service.pendingCount(),
                service.deployments().size()));
    service.events().stream()
        .limit(EVENTS_SHOWN)
        .forEach(one -> evidence.add("event %s: %s".formatted(one.createdAt(), one.message())));
    return evidence;
  }
}
