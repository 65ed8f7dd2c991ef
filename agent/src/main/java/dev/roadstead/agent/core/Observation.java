package dev.roadstead.agent.core;

import dev.roadstead.link.task.Container;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Takes in what the shell and the engine tell about containers. Anything may come late or twice.
final class Observation {
  /// Tries of a failed stop. Source: Amazon's agent.
  private static final int STOP_ATTEMPTS_MAX = 5;

  /// Docker's exit code of a killed process, SIGKILL included.
  private static final int KILLED = 137;

  private static final String OUT_OF_MEMORY =
      "OutOfMemoryError: Container killed due to memory usage";
  private static final String VANISHED =
      "ContainerVanishedError: No container matching saved ID found";

  private Observation() {}

  static void prepared(Turn turn, Event.Prepared event) {
    TaskState task = turn.find(event.taskArn());
    if (task == null || !task.preparing()) {
      return;
    }
    task = task.withPreparing(false).withReady(event.error() == null);
    if (event.error() != null && !task.wantedStopped()) {
      task = task.withWantedStopped(true).withReason(event.error());
    }
    turn.put(task);
    Progress.advance(turn, task.arn());
  }

  static void pulled(Turn turn, Event.Pulled event) {
    TaskState task = turn.find(event.taskArn());
    ContainerState container = task == null ? null : task.find(event.container());
    if (task == null || container == null || container.op() != Op.PULLING) {
      return; // Nobody waits for it any more.
    }
    Instant started = event.startedAt();
    Instant stopped = event.stoppedAt();
    if (started != null && (task.pullStartedAt() == null)) {
      task = task.withPullStartedAt(started);
    }
    if (stopped != null) {
      task = task.withPullStoppedAt(stopped);
    }
    container = container.withOp(Op.IDLE);
    container =
        event.error() == null
            ? container.withKnown(Status.PULLED).withImageDigest(event.digest())
            : container.stop(event.error(), turn.now());
    turn.put(task.with(container));
    Progress.advance(turn, task.arn());
  }

  static void created(Turn turn, Event.Created event) {
    TaskState task = turn.find(event.taskArn());
    ContainerState container = task == null ? null : task.find(event.container());
    if (task == null || container == null || container.stopped()) {
      return;
    }
    turn.put(
        task.with(
            ContainerStateBuilder.builder(container)
                .known(Status.CREATED)
                .dockerId(event.dockerId())
                .imageId(event.imageId())
                .imageDigest(event.imageDigest())
                .bindings(event.bindings())
                .build()));
    Progress.advance(turn, task.arn()); // Others may wait for its volumes.
  }

  static void launched(Turn turn, Event.Launched event) {
    operationEnded(turn, event.taskArn(), event.container(), event.error(), false);
  }

  static void started(Turn turn, Event.Started event) {
    operationEnded(turn, event.taskArn(), event.container(), event.error(), true);
  }

  private static void operationEnded(
      Turn turn, String arn, String name, @Nullable String error, boolean again) {
    TaskState task = turn.find(arn);
    ContainerState container = task == null ? null : task.find(name);
    if (task == null || container == null || container.stopped() || container.idle()) {
      return;
    }
    if (error != null) {
      container = container.stop(error, turn.now());
    } else {
      boolean restart = again && container.ran();
      String dockerId = container.dockerId();
      if (container.recheck() && dockerId != null) {
        turn.effect(new Effect.Inspect(arn, name, dockerId));
      }
      container =
          ContainerStateBuilder.builder(container)
              .op(Op.IDLE)
              .known(Status.RUNNING)
              .ran(true)
              .startedAt(turn.now())
              .restarts(container.restarts() + (restart ? 1 : 0))
              .recheck(false)
              .build();
    }
    turn.put(task.with(container));
    Progress.advance(turn, arn);
  }

  static void stopEnded(Turn turn, Event.Stopped event) {
    TaskState task = turn.find(event.taskArn());
    ContainerState container = task == null ? null : task.find(event.container());
    if (task == null || container == null || container.op() != Op.STOPPING) {
      return;
    }
    container = container.withOp(Op.IDLE);
    int attempts = container.stopAttempts() + 1;
    String error = event.error();
    if (error != null && attempts >= STOP_ATTEMPTS_MAX) {
      container = container.stop(error, turn.now());
    } else {
      Instant retryAt = turn.now().plus(Duration.ofSeconds(attempts));
      container = container.withStopAttempts(attempts).withRetryAt(retryAt);
      turn.effect(new Effect.Wake(task.arn(), retryAt));
    }
    turn.put(task.with(container));
    Progress.advance(turn, task.arn());
  }

  static void seen(Turn turn, Event.Seen event) {
    TaskState task = turn.find(event.taskArn());
    ContainerState container = task == null ? null : task.find(event.container());
    if (task == null || container == null) {
      return;
    }
    Sighting sighting = event.sighting();
    String dockerId = container.dockerId();
    if (dockerId != null && !dockerId.equals(sighting.dockerId())) {
      return;
    }
    if (container.stopped()) {
      revived(turn, task, container, sighting);
      return;
    }
    turn.put(task.with(apply(turn, task, container, sighting, null)));
    Progress.advance(turn, task.arn());
  }

  /// A container that came to life after it was given up, or by another's hand, is stopped.
  static void revived(Turn turn, TaskState task, ContainerState container, Sighting sighting) {
    if (sighting.condition() == Sighting.Condition.RUNNING) {
      turn.note("container " + container.dockerName() + " runs although it had stopped");
      turn.effect(Progress.stop(turn, task, container.name(), sighting.dockerId()));
    }
  }

  /// The task is stopped. What exists of it may run, so it is stopped as if it did.
  static void broken(Turn turn, Event.Broken event) {
    TaskState task = turn.find(event.taskArn());
    if (task == null || task.stopped()) {
      return;
    }
    for (ContainerState container : task.containers()) {
      if (!container.stopped()) {
        boolean exists = container.dockerId() != null;
        ContainerState idle = container.withOp(Op.IDLE);
        task = task.with(exists ? idle.withKnown(Status.RUNNING) : idle);
      }
    }
    String reason = task.reason() == null ? "AgentError: " + event.error() : task.reason();
    turn.put(task.withPreparing(false).withWantedStopped(true).withReason(reason));
    Progress.advance(turn, task.arn());
  }

  /// The container after a sighting.
  ///
  /// @param excuse a reason for an exit that has none of its own; null for none
  static ContainerState apply(
      Turn turn,
      TaskState task,
      ContainerState container,
      Sighting sighting,
      @Nullable String excuse) {
    container = health(turn, task, container, sighting);
    return switch (sighting.condition()) {
      case CREATED, RUNNING -> container;
      case EXITED -> exited(turn, task, container, sighting, excuse);
      case MISSING ->
          container.op() == Op.LAUNCHING || container.op() == Op.PULLING
              ? container
              : container.stop(VANISHED, turn.now());
    };
  }

  private static ContainerState health(
      Turn turn, TaskState task, ContainerState container, Sighting sighting) {
    if (sighting.condition() != Sighting.Condition.RUNNING
        || container.health() == sighting.health()) {
      return container;
    }
    if (Container.HEALTH_DOCKER.equals(task.definition(container.name()).healthCheckType())) {
      turn.effect(new Effect.HealthChanged(task.arn(), container.name()));
    }
    return container
        .withHealth(sighting.health())
        .withHealthSince(turn.now())
        .withProbe(sighting.health() == Health.UNHEALTHY ? sighting.probe() : null);
  }

  private static ContainerState exited(
      Turn turn,
      TaskState task,
      ContainerState container,
      Sighting sighting,
      @Nullable String excuse) {
    if (container.op() == Op.LAUNCHING || container.op() == Op.STARTING) {
      return container.withRecheck(true);
    }
    Instant run = sighting.startedAt();
    if (run != null && run.equals(container.handledExit())) {
      return container;
    }
    container = container.withHandledExit(run).withRan(true);
    if (!task.wantedStopped() && mayRestart(task.definition(container.name()), sighting)) {
      String dockerId = sighting.dockerId();
      turn.effect(new Effect.Start(task.arn(), container.name(), dockerId));
      return container.withOp(Op.STARTING).withHealth(Health.UNKNOWN).withProbe(null);
    }
    Integer code = sighting.exitCode();
    String error = sighting.error();
    String why = error == null || error.isEmpty() ? excuse : "CannotStartContainerError: " + error;
    if (sighting.oomKilled() && code != null && code == KILLED) {
      why = OUT_OF_MEMORY;
    }
    return container
        .withExitCode(code)
        .withFinishedAt(sighting.finishedAt())
        .stop(task.wantedStopped() && why != null && why.equals(excuse) ? null : why, turn.now());
  }

  private static boolean mayRestart(Container definition, Sighting sighting) {
    Container.RestartPolicy policy = definition.restartPolicy();
    Integer code = sighting.exitCode();
    if (policy == null || !Boolean.TRUE.equals(policy.enabled()) || code == null) {
      return false;
    }
    if (policy.ignoredExitCodes().contains(code)) {
      return false;
    }
    Integer period = policy.restartAttemptPeriod();
    Instant from = sighting.startedAt();
    Instant until = sighting.finishedAt();
    if (period == null || from == null || until == null) {
      return true;
    }
    return !until.isBefore(from.plusSeconds(period));
  }
}
