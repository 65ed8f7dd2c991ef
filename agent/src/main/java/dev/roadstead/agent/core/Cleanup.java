package dev.roadstead.agent.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;

/// Removes what stopped tasks left behind: some time after the end, or sooner when there are many,
/// but never before the control plane knows that the task has stopped.
final class Cleanup {
  /// The wait after a removal that failed.
  private static final Duration RETRY = Duration.ofSeconds(30);

  private Cleanup() {}

  static void consider(Turn turn, String arn) {
    TaskState task = turn.find(arn);
    if (task == null || !finished(task)) {
      return;
    }
    Instant due = due(turn, task);
    if (turn.now().isBefore(due)) {
      turn.effect(new Effect.Wake(arn, due));
      bound(turn);
    } else {
      remove(turn, task);
    }
  }

  private static Instant due(Turn turn, TaskState task) {
    Instant stoppedAt = task.stoppedAt();
    Instant base = stoppedAt == null ? turn.now() : stoppedAt;
    return base.plus(turn.state().settings().cleanupWait());
  }

  private static boolean finished(TaskState task) {
    return task.stopped() && task.reported() == TaskStatus.STOPPED && !task.cleaning();
  }

  private static void bound(Turn turn) {
    var kept = new ArrayList<TaskState>();
    for (TaskState task : turn.state().tasks().values()) {
      if (finished(task)) {
        kept.add(task);
      }
    }
    int excess = kept.size() - turn.state().settings().stoppedTasksMax();
    if (excess <= 0) {
      return;
    }
    kept.sort(Comparator.comparingLong(TaskState::order));
    kept.subList(0, excess).forEach(task -> remove(turn, task));
  }

  private static void remove(Turn turn, TaskState task) {
    turn.put(task.withCleaning(true));
    turn.effect(new Effect.Remove(task));
  }

  static void removed(Turn turn, Event.Removed event) {
    TaskState task = turn.find(event.taskArn());
    if (task == null) {
      return;
    }
    if (event.error() == null) {
      turn.drop(task.arn());
      return;
    }
    turn.note("task " + task.arn() + " cannot be cleaned up yet: " + event.error());
    turn.put(task.withCleaning(false));
    turn.effect(new Effect.Wake(task.arn(), turn.now().plus(RETRY)));
  }
}
