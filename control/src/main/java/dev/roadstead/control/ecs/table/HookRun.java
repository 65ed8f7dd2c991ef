package dev.roadstead.control.ecs.table;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One run of a lifecycle hook, at one stage of one deployment. Source: ECS developer guide,
/// "Lifecycle hooks for Amazon ECS service deployments".
///
/// @param id of the run: what ContinueServiceDeployment names
/// @param hook its place in the configuration, from 0
/// @param targetType as it was sent; null when it was not
/// @param target the task definition that it runs, as sent; null when it waits for a caller
/// @param taskKey key of its task; null before there is one
/// @param tries how often its task could not be placed
/// @param retryAt when that is tried again; null when it was not tried in vain
/// @param expiresAt when it has taken too long
/// @param continues whether the deployment goes on then, rather than back
/// @param failure why it failed, without a period; null unless it did
@RecordBuilder
public record HookRun(
    String id,
    int hook,
    @Nullable String targetType,
    @Nullable String target,
    Status status,
    @Nullable String taskKey,
    int tries,
    @Nullable Instant retryAt,
    Instant expiresAt,
    boolean continues,
    @Nullable String failure) {
  /// The model's statuses.
  public enum Status {
    AWAITING_ACTION,
    IN_PROGRESS,
    SUCCEEDED,
    FAILED,
    TIMED_OUT
  }

  /// Whether it is over, well or not.
  public boolean ended() {
    return status.compareTo(Status.SUCCEEDED) >= 0;
  }

  /// Whether the deployment must not go on because of it.
  public boolean fails() {
    return status == Status.FAILED || (status == Status.TIMED_OUT && !continues);
  }
}
