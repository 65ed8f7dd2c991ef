package dev.roadstead.control.ecs.why;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/// Why a task is in the state it is in. Source of the texts looked for: ECS developer guide,
/// "Stopped task error messages", and what agents report.
final class TaskWhy {
  private static final List<String> NO_SUCH_IMAGE =
      List.of("not found", "manifest unknown", "no such image", "does not exist", "not known");
  private static final List<String> NO_SUCH_COMMAND =
      List.of("executable file not found", "no such file", "permission denied", "exec format");
  private static final int NOT_EXECUTABLE = 126; // as shells and Docker report it
  private static final int NOT_FOUND = 127; // as shells and Docker report it

  private TaskWhy() {}

  static Finding of(Ecs ecs, String cluster, Task task) throws IOException {
    String subject = subject(cluster, task);
    if (task.lastStatus().equals("STOPPED")) {
      return stopped(task, subject);
    }
    if ("STOPPED".equals(task.desiredStatus())) {
      return Finding.of(
          Reason.STOPPING,
          subject,
          List.of("stopped reason: " + task.stoppedReason()),
          task.stoppingAt());
    }
    if (task.lastStatus().equals("PROVISIONING")) {
      return waits(ecs, cluster, task, subject);
    }
    if ("UNHEALTHY".equals(task.healthStatusAsString())) {
      return Finding.of(Reason.HEALTH_FAILED, subject, containers(task), task.startedAt());
    }
    return task.lastStatus().equals("RUNNING")
        ? Finding.of(Reason.AS_WANTED, subject, List.of("RUNNING"), task.startedAt())
        : starting(ecs, cluster, task, subject);
  }

  private static Finding waits(Ecs ecs, String cluster, Task task, String subject)
      throws IOException {
    List<String> evidence = new ArrayList<>();
    evidence.add(
        "number %s in the order of %s, until %s"
            .formatted(
                attribute(task, "roadstead.waiting.position"),
                task.capacityProviderName(),
                attribute(task, "roadstead.waiting.until")));
    evidence.add(
        attribute(task, "roadstead.waiting.cause")
            + ": "
            + attribute(task, "roadstead.waiting.detail"));
    TaskDefinition definition = ecs.definition(task.taskDefinitionArn());
    Finding room =
        definition == null
            ? null
            : Room.missing(
                ecs,
                new Room.Asked(cluster, definition, List.of(), task.capacityProviderName()),
                subject,
                task.createdAt());
    return room == null
        ? Finding.of(Reason.WAITS_FOR_ROOM, subject, evidence, task.createdAt())
        : room.as(Reason.WAITS_FOR_ROOM, subject, evidence);
  }

  private static Finding starting(Ecs ecs, String cluster, Task task, String subject)
      throws IOException {
    ContainerInstance instance = ecs.instance(cluster, Names.tail(task.containerInstanceArn()));
    if (instance != null && !Boolean.TRUE.equals(instance.agentConnected())) {
      String id = Names.tail(instance.containerInstanceArn());
      return Finding.of(
          Reason.AGENT_AWAY,
          subject,
          List.of("it is to run on " + id + ", whose agent is not connected"),
          task.createdAt());
    }
    boolean someRun = task.containers().stream().anyMatch(TaskWhy::up);
    if (someRun) {
      List<String> evidence = new ArrayList<>(containers(task));
      evidence.add("containers that wait start once those they depend on are as far");
      return Finding.of(Reason.DEPENDENCY_UNMET, subject, evidence, task.createdAt());
    }
    return task.pullStartedAt() != null && task.pullStoppedAt() == null
        ? Finding.of(Reason.PULLING, subject, containers(task), task.pullStartedAt())
        : Finding.of(Reason.STARTING, subject, containers(task), task.createdAt());
  }

  private static boolean up(Container container) {
    return "RUNNING".equals(container.lastStatus());
  }

  static Finding stopped(Task task, String subject) {
    List<String> evidence = new ArrayList<>();
    evidence.add("stop code %s: %s".formatted(task.stopCodeAsString(), task.stoppedReason()));
    String actor = attribute(task, "roadstead.stopped-by");
    if (!actor.isEmpty()) {
      evidence.add("stopped by " + actor);
    }
    evidence.addAll(containers(task));
    Reason reason = reason(task);
    String change = reason.advice();
    if (reason == Reason.IMAGE_NOT_FOUND) {
      change = "Correct or push " + images(task) + ".";
    }
    return new Finding(reason, subject, evidence, task.stoppedAt(), change);
  }

  private static Reason reason(Task task) {
    String text = task.stoppedReason() == null ? "" : task.stoppedReason();
    StringBuilder all = new StringBuilder(text);
    for (Container one : task.containers()) {
      all.append(' ').append(one.reason() == null ? "" : one.reason());
    }
    String said = all.toString().toLowerCase(Locale.ROOT);
    if (text.contains("deregistration") || text.contains("Host EC2")) {
      return Reason.INSTANCE_GONE;
    }
    if ("UserInitiated".equals(task.stopCodeAsString())) {
      return Reason.STOPPED_BY_CALLER;
    }
    if (text.startsWith("TaskFailedToStart: ")) {
      return Reason.WAITED_TOO_LONG;
    }
    if (text.contains("health check")) {
      return Reason.HEALTH_FAILED;
    }
    if ("ServiceSchedulerInitiated".equals(task.stopCodeAsString())) {
      return Reason.STOPPED_BY_SCHEDULER;
    }
    return failure(task, said);
  }

  private static Reason failure(Task task, String said) {
    if (said.contains("cannotpull")) {
      return NO_SUCH_IMAGE.stream().anyMatch(said::contains)
          ? Reason.IMAGE_NOT_FOUND
          : Reason.REGISTRY_REFUSED;
    }
    if (said.contains("outofmemory")) {
      return Reason.OUT_OF_MEMORY;
    }
    if (said.contains("dependency") || said.contains("depends on")) {
      return Reason.DEPENDENCY_UNMET;
    }
    if (said.contains("cannotstart") || said.contains("cannotcreate")) {
      return NO_SUCH_COMMAND.stream().anyMatch(said::contains)
          ? Reason.BAD_COMMAND
          : Reason.NOT_STARTED;
    }
    Integer worst = null;
    for (Container one : task.containers()) {
      Integer code = one.exitCode();
      worst = code != null && (worst == null || worst == 0) ? code : worst;
    }
    if (worst == null) {
      return Reason.UNEXPLAINED;
    }
    return switch (worst) {
      case 0 -> Reason.FINISHED;
      case NOT_EXECUTABLE, NOT_FOUND -> Reason.BAD_COMMAND;
      default -> Reason.EXITED;
    };
  }

  private static List<String> containers(Task task) {
    List<String> all = new ArrayList<>();
    for (Container one : task.containers()) {
      all.add(
          "container %s (%s): %s%s%s%s"
              .formatted(
                  one.name(),
                  one.image(),
                  one.lastStatus(),
                  one.exitCode() == null ? "" : ", exit code " + one.exitCode(),
                  "UNKNOWN".equals(one.healthStatusAsString())
                      ? ""
                      : ", health " + one.healthStatusAsString(),
                  one.reason() == null ? "" : ", " + one.reason()));
    }
    return all;
  }

  private static String images(Task task) {
    return String.join(
        ", ",
        task.containers().stream()
            .filter(one -> one.reason() != null)
            .map(Container::image)
            .toList());
  }

  private static String attribute(Task task, String name) {
    return task.attributes().stream()
        .filter(one -> one.name().equals(name))
        .map(Attribute::value)
        .findFirst()
        .orElse("");
  }

  static String subject(String cluster, Task task) {
    return "task " + Names.tail(task.taskArn()) + " in cluster " + cluster;
  }

  /// When a task ended, for sorting; the beginning of time when it has not.
  static Instant endedAt(Task task) {
    @Nullable Instant at = task.stoppedAt();
    return at == null ? Instant.EPOCH : at;
  }
}
