package dev.roadstead.control.ecs.table;

import org.jspecify.annotations.Nullable;

/// Why a task stops. The first cause wins. Source: ECS API reference, Task.stopCode; developer
/// guide, "Stopped task error messages".
///
/// @param code for example `EssentialContainerExited`
/// @param reason at most 1024 characters
/// @param actor the ARN of who asked for it, or the service scheduler's {@link Purpose}; null when
///     nobody did, or in older rows
public record StopCause(String code, String reason, @Nullable String actor) {
  public static final String ESSENTIAL_CONTAINER_EXITED = "EssentialContainerExited";
  public static final String TASK_FAILED_TO_START = "TaskFailedToStart";
  public static final String USER_INITIATED = "UserInitiated";
  public static final String SERVICE_SCHEDULER_INITIATED = "ServiceSchedulerInitiated";
  public static final String TERMINATION_NOTICE = "TerminationNotice";

  /// Source: ECS quotas, reason length.
  public static final int REASON_MAX = 1024;

  public StopCause(String code, String reason) {
    this(code, reason, null);
  }

  public StopCause {
    reason = reason.length() <= REASON_MAX ? reason : reason.substring(0, REASON_MAX);
  }
}
