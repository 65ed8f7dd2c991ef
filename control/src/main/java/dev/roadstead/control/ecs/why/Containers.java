package dev.roadstead.control.ecs.why;

import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskContainer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The containers of a task in words.
final class Containers {
  /// Exit codes above this are of a process that a signal ended: this and its number.
  private static final int SIGNALS = 128;

  private static final int NOT_EXECUTABLE = 126; // as shells and Docker report it
  private static final int NOT_FOUND = 127; // as shells and Docker report it

  private Containers() {}

  /// Each with what is known of it, those that tell most first.
  static List<String> lines(Task task) {
    List<String> told = new ArrayList<>();
    List<String> quiet = new ArrayList<>();
    for (TaskContainer one : task.containers()) {
      boolean tells = one.reason() != null || one.exitCode() != null || sick(one);
      (tells ? told : quiet).add(line(one));
    }
    told.addAll(quiet);
    return told;
  }

  private static String line(TaskContainer one) {
    StringBuilder text = new StringBuilder("container ");
    text.append(one.name()).append(" (").append(one.image()).append("): ");
    text.append(one.lastStatus());
    Integer code = one.exitCode();
    if (code != null) {
      text.append(", exit code ").append(code).append(meaning(code));
    }
    if (one.health() != Health.UNKNOWN) {
      text.append(", health ").append(one.health());
    }
    if (one.reason() != null) {
      text.append(", ").append(one.reason());
    }
    return text.toString();
  }

  private static String meaning(int code) {
    return switch (code) {
      case NOT_EXECUTABLE -> " (the command can't be executed)";
      case NOT_FOUND -> " (the command is not found)";
      case SIGNALS + 6 -> " (SIGABRT: it gave up)";
      case SIGNALS + 9 -> " (SIGKILL: it was killed)";
      case SIGNALS + 11 -> " (SIGSEGV: it crashed)";
      case SIGNALS + 15 -> " (SIGTERM: it was told to stop)";
      default -> code > SIGNALS ? " (signal " + (code - SIGNALS) + ")" : "";
    };
  }

  /// What the exit of the container that ended the task means; null when none has an exit code.
  static @Nullable Reason end(Task task) {
    TaskContainer worst = failed(task);
    if (worst == null) {
      return task.containers().stream().anyMatch(one -> one.exitCode() != null)
          ? Reason.FINISHED
          : null;
    }
    int code = worst.exitCode() == null ? 0 : worst.exitCode();
    return switch (code) {
      case NOT_EXECUTABLE, NOT_FOUND -> Reason.BAD_COMMAND;
      default -> code > SIGNALS ? Reason.KILLED : Reason.EXITED;
    };
  }

  /// The first that ended with an error, an essential one if there is one; null when none did.
  static @Nullable TaskContainer failed(Task task) {
    TaskContainer found = null;
    for (TaskContainer one : task.containers()) {
      Integer code = one.exitCode();
      boolean better = found == null || (one.essential() && !found.essential());
      found = code != null && code != 0 && better ? one : found;
    }
    return found;
  }

  /// The images of the containers that have a reason.
  static String images(Task task) {
    return task.containers().stream()
        .filter(one -> one.reason() != null)
        .map(TaskContainer::image)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /// The names of the containers whose health check fails; of all that have one if none does.
  static String unhealthy(Task task) {
    boolean any = task.containers().stream().anyMatch(Containers::sick);
    return task.containers().stream()
        .filter(one -> any ? sick(one) : one.checksHealth())
        .map(one -> "container " + one.name())
        .collect(Collectors.joining(", "));
  }

  private static boolean sick(TaskContainer one) {
    return one.health() == Health.UNHEALTHY;
  }
}
