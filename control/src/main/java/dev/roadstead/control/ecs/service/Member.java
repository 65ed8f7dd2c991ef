package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.ServiceTask;
import dev.roadstead.control.ecs.table.Task;
import java.time.Instant;

/// A wanted task of a service, as the scheduler sees it at one moment.
///
/// @param stale whether it is to be replaced: of an older deployment, or on an instance that drains
/// @param draining whether its instance drains
/// @param guarded whether it is protected: only a failed health check may stop it
record Member(
    Task task,
    ServiceTask followed,
    Condition condition,
    boolean stale,
    boolean draining,
    boolean guarded) {
  /// In the order in which tasks are given up.
  enum Condition {
    PENDING,
    UNHEALTHY,
    YOUNG,
    HEALTHY
  }

  /// The same as if its deployment were the newest.
  Member current() {
    return new Member(task, followed, condition, draining, draining, guarded);
  }

  boolean is(Condition one) {
    return condition == one;
  }

  /// Whether its instance was lost and is back: another may have taken its place meanwhile.
  boolean returned() {
    return followed.away();
  }

  /// When it started to run; when it was made, if that was never told.
  Instant startedAt() {
    Instant started = task.times().startedAt();
    return started == null ? task.times().createdAt() : started;
  }
}
