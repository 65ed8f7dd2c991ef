package dev.roadstead.control.ecs.table;

/// How many tasks of a group of tasks are in which state. Counted are those not reported STOPPED.
///
/// @param running wanted and RUNNING
/// @param pending wanted and not RUNNING yet
/// @param stopping no longer wanted
public record TaskCounts(int running, int pending, int stopping) {
  public static final TaskCounts NONE = new TaskCounts(0, 0, 0);

  TaskCounts plus(Task task) {
    return step(task, 1);
  }

  TaskCounts minus(Task task) {
    return step(task, -1);
  }

  /// The counts as if this task were not there.
  public TaskCounts without(Task task) {
    return minus(task);
  }

  public int total() {
    return running + pending + stopping;
  }

  private TaskCounts step(Task task, int sign) {
    if (!task.wanted()) {
      return new TaskCounts(running, pending, stopping + sign);
    }
    return task.pending()
        ? new TaskCounts(running, pending + sign, stopping)
        : new TaskCounts(running + sign, pending, stopping);
  }
}
