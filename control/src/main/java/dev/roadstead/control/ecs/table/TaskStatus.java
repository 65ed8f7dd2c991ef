package dev.roadstead.control.ecs.table;

/// The life cycle of a task, in order: a task never goes back. Source: ECS developer guide, "Amazon
/// ECS task lifecycle".
public enum TaskStatus {
  PROVISIONING,
  PENDING,
  ACTIVATING,
  RUNNING,
  DEACTIVATING,
  STOPPING,
  DEPROVISIONING,
  STOPPED;

  /// Whether a task in this status may be in that one next. Statuses may be skipped.
  public boolean mayBecome(TaskStatus next) {
    return next.compareTo(this) >= 0;
  }

  /// Waiting to run.
  public boolean pending() {
    return compareTo(RUNNING) < 0;
  }
}
