package dev.roadstead.control.ecs.why;

import dev.roadstead.control.ecs.table.Purpose;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskContainer;
import dev.roadstead.control.ecs.task.TaskShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Why a task has ended. Source of the texts looked for: ECS developer guide, "Stopped task error
/// messages", and what agents report.
final class StoppedWhy {
  /// What ends a task by its own fault.
  static final Set<Reason> FAULTS =
      EnumSet.of(
          Reason.IMAGE_NOT_FOUND,
          Reason.WRONG_PLATFORM,
          Reason.REGISTRY_REFUSED,
          Reason.REGISTRY_UNREACHABLE,
          Reason.RATE_LIMITED,
          Reason.PULL_FAILED,
          Reason.DISK_FULL,
          Reason.BAD_COMMAND,
          Reason.VOLUME_FAILED,
          Reason.RESOURCES_FAILED,
          Reason.ENGINE_TIMEOUT,
          Reason.NOT_STARTED,
          Reason.PORT_IN_USE,
          Reason.REFUSED_BY_AGENT,
          Reason.DEPENDENCY_UNMET,
          Reason.OUT_OF_MEMORY,
          Reason.HEALTH_FAILED,
          Reason.EXITED,
          Reason.KILLED,
          Reason.CONTAINER_VANISHED,
          Reason.FINISHED,
          Reason.UNEXPLAINED);

  private static final String REFUSED = "TaskFailedToStart: ";

  private StoppedWhy() {}

  static Finding of(Task task) {
    Reason reason = reason(task);
    List<String> evidence = new ArrayList<>(cause(task));
    evidence.addAll(Containers.lines(task));
    Instant at = task.times().stoppedAt();
    return new Finding(
        reason,
        TaskWhy.subject(task),
        evidence,
        at == null ? since(task) : at,
        change(task, reason));
  }

  private static Instant since(Task task) {
    Instant at = task.times().stoppingAt();
    return at == null ? task.times().createdAt() : at;
  }

  /// Whether it ended by its own fault.
  static boolean failed(Task task) {
    return FAULTS.contains(reason(task));
  }

  /// Why it stops, who stopped it, and where it ran.
  static List<String> cause(Task task) {
    List<String> lines = new ArrayList<>();
    StopCause stop = task.stop();
    if (stop == null) {
      lines.add("nobody asked it to stop");
    } else {
      lines.add("stop code %s: %s".formatted(stop.code(), stop.reason()));
      lines.add("stopped by " + TaskShape.actor(task, stop));
    }
    String where =
        task.instanceId() == null ? "it was on no instance" : "ran on " + task.instanceId();
    Instant started = task.times().startedAt();
    lines.add(
        started == null ? where + ", was never RUNNING" : where + ", RUNNING since " + started);
    return lines;
  }

  static Reason reason(Task task) {
    StopCause stop = task.stop();
    if (stop == null) {
      return failure(task, "");
    }
    Purpose purpose = Purpose.of(stop);
    if (purpose != null) {
      return of(purpose);
    }
    String text = stop.reason();
    if (text.contains("deregistration") || text.contains("Host EC2")) {
      return Reason.INSTANCE_GONE;
    }
    if (stop.code().equals(StopCause.USER_INITIATED)) {
      return Reason.STOPPED_BY_CALLER;
    }
    if (text.startsWith(REFUSED)) {
      return task.instanceId() == null ? Reason.WAITED_TOO_LONG : Reason.REFUSED_BY_AGENT;
    }
    if (text.contains("health check")) {
      return Reason.HEALTH_FAILED;
    }
    return stop.code().equals(StopCause.SERVICE_SCHEDULER_INITIATED)
        ? Reason.STOPPED_BY_SCHEDULER
        : failure(task, text);
  }

  private static Reason of(Purpose purpose) {
    return switch (purpose) {
      case SCALE_IN -> Reason.SCALED_IN;
      case DEPLOYMENT -> Reason.REPLACED;
      case DRAIN -> Reason.DRAINED_AWAY;
      case REBALANCING -> Reason.REBALANCED;
      case DELETION -> Reason.SERVICE_DELETED;
      case RETURN -> Reason.SURPLUS;
      case HOOK_OVER -> Reason.STOPPED_BY_SCHEDULER;
    };
  }

  private static Reason failure(Task task, String said) {
    StringBuilder all = new StringBuilder(said);
    for (TaskContainer one : task.containers()) {
      all.append('\n').append(one.reason() == null ? "" : one.reason());
    }
    Reason sign = Signs.in(all.toString());
    if (sign != null) {
      return sign;
    }
    Reason end = Containers.end(task);
    return end == null ? Reason.UNEXPLAINED : end;
  }

  private static String change(Task task, Reason reason) {
    TaskContainer failed = Containers.failed(task);
    return switch (reason) {
      case IMAGE_NOT_FOUND -> "Correct or push " + Containers.images(task) + ".";
      case WRONG_PLATFORM ->
          "Push "
              + Containers.images(task)
              + " for the platform of "
              + task.instanceId()
              + ", or constrain the task to instances of the image's.";
      case REGISTRY_REFUSED ->
          "Check the credentials for the registry of "
              + Containers.images(task)
              + ", and that they may pull it.";
      case OUT_OF_MEMORY -> memory(task, failed);
      case EXITED, KILLED ->
          failed == null
              ? reason.advice()
              : "See the log of container %s on %s%s."
                  .formatted(
                      failed.name(),
                      task.instanceId(),
                      failed.runtimeId() == null ? "" : " (" + failed.runtimeId() + ")");
      case HEALTH_FAILED ->
          "Correct the check of "
              + Containers.unhealthy(task)
              + ", or what it checks; give it a longer startPeriod if it is slow to start.";
      default -> reason.advice();
    };
  }

  private static String memory(Task task, @Nullable TaskContainer failed) {
    if (failed == null) {
      return Reason.OUT_OF_MEMORY.advice();
    }
    String limit = failed.memory() == null ? task.memory() : failed.memory();
    return "Raise the memory of container %s above %s MiB, or use less."
        .formatted(failed.name(), limit);
  }
}
