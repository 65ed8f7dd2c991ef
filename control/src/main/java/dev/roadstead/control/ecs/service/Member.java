package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.ServiceTask;
import dev.roadstead.control.ecs.table.Task;
import java.time.Instant;

/// A wanted task of a service, as the scheduler sees it at one moment.
///
/// @param stale whether it is to be replaced: of an older deployment, or on an instance that drains
/// @param draining whether its instance drains
record Member(
    Task task, ServiceTask followed, Condition condition, boolean stale, boolean draining) {
  /// In the order in which tasks are given up.
  enum Condition {
    PENDING,
    UNHEALTHY,
    YOUNG,
    HEALTHY
  }

  boolean is(Condition one) {
    return condition == one;
  }

  /// When it started to run; when it was made, if that was never told.
  Instant startedAt() {
    Instant started = task.times().startedAt();
    return started == null ? task.times().createdAt() : started;
  }
}
