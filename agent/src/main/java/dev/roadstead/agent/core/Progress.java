package dev.roadstead.agent.core;

import dev.roadstead.link.task.Container;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Moves a task as far as it can go now, and asks for what must be done next.
final class Progress {
  /// Exit code of a container whose dependency can never be met. Source: Amazon's agent.
  private static final int NEVER_STARTED = 143;

  private Progress() {}

  static void advance(Turn turn, String arn) {
    TaskState before = turn.find(arn);
    if (before == null) {
      return;
    }
    TaskState task = before;
    TaskState last;
    do { // Each round stops a container or starts an operation, of which there are finitely many.
      last = task;
      task = essentials(task);
      if (task.wantedStopped()) {
        task = stopAll(turn, task);
      } else if (turn.state().synced()) {
        task = startAll(turn, task);
      }
    } while (!task.equals(last));
    task = times(task, turn.now());
    turn.put(task);
    Reports.consider(turn, arn);
    Cleanup.consider(turn, arn);
  }

  /// An essential container that has stopped ends the task.
  private static TaskState essentials(TaskState task) {
    if (task.wantedStopped()) {
      return task;
    }
    for (ContainerState container : task.containers()) {
      boolean essential = Boolean.TRUE.equals(task.definition(container.name()).essential());
      if (container.stopped() && essential) {
        return task.withWantedStopped(true);
      }
    }
    return task.stopped() ? task.withWantedStopped(true) : task;
  }

  private static TaskState startAll(Turn turn, TaskState task) {
    if (!task.admitted()) {
      String never = Admission.impossible(turn.state().settings(), task.demand());
      if (never != null) {
        return task.withWantedStopped(true).withReason("TaskFailedToStart: " + never);
      }
      String shortage = Admission.shortage(turn.state(), task.demand());
      if (shortage != null) {
        turn.note("task " + task.arn() + " waits: " + shortage);
        return task;
      }
      task = task.withAdmitted(true);
      turn.put(task);
    }
    if (!task.ready()) {
      if (Resources.needed(task)) {
        if (!task.preparing()) {
          turn.effect(new Effect.Prepare(task));
        }
        return task.withPreparing(true);
      }
      task = task.withReady(true);
    }
    for (ContainerState container : task.containers()) {
      if (container.idle() && !container.known().atLeast(Status.RUNNING)) {
        task = task.with(startOne(turn, task, container));
      }
    }
    return task;
  }

  private static ContainerState startOne(Turn turn, TaskState task, ContainerState container) {
    switch (Order.mayStart(task, container.name(), turn.now())) {
      case Order.Verdict.Never never -> {
        return container
            .withExitCode(NEVER_STARTED)
            .stop("CannotStartContainerError: " + never.why(), turn.now());
      }
      case Order.Verdict.Wait wait -> {
        Instant until = wait.until();
        if (until != null) {
          turn.effect(new Effect.Wake(task.arn(), until));
        }
        return container;
      }
      case Order.Verdict.Go _ -> {}
    }
    String dockerId = container.dockerId();
    if (container.known() == Status.CREATED && dockerId != null) {
      turn.effect(new Effect.Start(task.arn(), container.name(), dockerId));
      return container.withOp(Op.STARTING);
    }
    if (container.known() == Status.PULLED) {
      turn.effect(new Effect.Launch(task, container.name()));
      return container.withOp(Op.LAUNCHING);
    }
    turn.effect(new Effect.Pull(task, container.name()));
    return container.withOp(Op.PULLING);
  }

  private static TaskState stopAll(Turn turn, TaskState task) {
    for (ContainerState container : task.containers()) {
      if (!container.stopped()) {
        task = task.with(stopOne(turn, task, container));
      }
    }
    return task;
  }

  private static ContainerState stopOne(Turn turn, TaskState task, ContainerState container) {
    Instant now = turn.now();
    if (container.op() == Op.PULLING) {
      turn.effect(new Effect.CancelPull(task.arn(), container.name()));
      return container.stop(null, now);
    }
    if (!container.idle()) {
      return container;
    }
    String dockerId = container.dockerId();
    if (container.known() != Status.RUNNING || dockerId == null) {
      return container.stop(null, now);
    }
    Instant retryAt = container.retryAt();
    if (!Order.mayStop(task, container.name()) || (retryAt != null && now.isBefore(retryAt))) {
      return container;
    }
    turn.effect(stop(turn, task, container.name(), dockerId));
    return container.withOp(Op.STOPPING);
  }

  static Effect.Stop stop(Turn turn, TaskState task, String name, String dockerId) {
    return new Effect.Stop(task.arn(), name, dockerId, stopTimeout(turn, task, name));
  }

  private static Duration stopTimeout(Turn turn, TaskState task, String name) {
    Container definition = task.definition(name);
    Integer seconds = definition.stopTimeout();
    return seconds == null
        ? turn.state().settings().stopTimeout()
        : Duration.ofSeconds(Math.max(seconds, 1));
  }

  private static TaskState times(TaskState task, Instant now) {
    if (!task.stopped() || task.stoppedAt() != null) {
      return task;
    }
    @Nullable Instant last = null;
    for (ContainerState container : task.containers()) {
      Instant finished = container.finishedAt();
      boolean later = finished != null && (last == null || finished.isAfter(last));
      last = container.ran() && later ? finished : last;
    }
    return task.withStoppedAt(now).withExecutionStoppedAt(last);
  }
}
