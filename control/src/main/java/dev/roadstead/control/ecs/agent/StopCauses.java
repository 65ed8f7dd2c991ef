package dev.roadstead.control.ecs.agent;

import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.TaskContainer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a task that nobody asked to stop has stopped: agents give reasons for containers, seldom for
/// tasks. Source: ECS developer guide, "Stopped task error messages".
final class StopCauses {
  private static final String EXITED = "Essential container in task exited";
  private static final String NOT_STARTED = "Task failed to start";

  /// Reasons of containers that ECS shows as the task's own.
  private static final List<String> SHOWN = List.of("CannotPull", "ResourceInitializationError");

  private StopCauses() {}

  /// @param started whether the task was RUNNING
  /// @param reported the agent's reason for the task; mostly empty
  static StopCause of(List<TaskContainer> containers, boolean started, @Nullable String reported) {
    String said = reported == null || reported.isEmpty() ? null : reported;
    boolean exited = false;
    String shown = null;
    boolean failed = false;
    for (TaskContainer one : containers) {
      exited |= one.exitCode() != null;
      if (one.essential() && one.exitCode() == null && one.reason() != null) {
        failed = true;
        if (shown == null && SHOWN.stream().anyMatch(one.reason()::startsWith)) {
          shown = one.reason();
        }
      }
    }
    if (started || (exited && !failed)) {
      return new StopCause(StopCause.ESSENTIAL_CONTAINER_EXITED, said == null ? EXITED : said);
    }
    if (said != null) {
      return new StopCause(StopCause.TASK_FAILED_TO_START, said);
    }
    return new StopCause(StopCause.TASK_FAILED_TO_START, shown == null ? NOT_STARTED : shown);
  }
}
