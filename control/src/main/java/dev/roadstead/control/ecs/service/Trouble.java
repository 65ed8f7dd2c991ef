package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.ServiceDeploymentBuilder;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a deployment whose tasks end early is slowed down.
///
/// Tasks are started in rounds. A round of which a task ends early raises the trouble by one and
/// puts off the next round: 2 s, 8 s, 32 s, 2 min, 9 min, then 15 min. A task that keeps running
/// for a minute ends the trouble. ECS itself delays only tasks that never became RUNNING, by up to
/// 15 minutes (developer guide, "Amazon ECS service throttle logic"); here tasks that run for a
/// moment count too.
final class Trouble {
  /// The first delay. Short, so that one bad start costs little.
  static final Duration DELAY_FIRST = Duration.ofSeconds(2);

  /// The longest delay. Source: ECS developer guide, "Amazon ECS service throttle logic".
  static final Duration DELAY_MAX = Duration.ofMinutes(15);

  /// With 2 s at first, ten tasks that exit at once are started 50 times in ten minutes.
  private static final int DELAY_FACTOR = 4;

  /// A task that ran for this long did not fail to start.
  static final Duration PROOF = Duration.ofMinutes(1);

  /// From this many failed rounds on it is told, and only few tasks are tried in a round.
  static final int LASTING = 2;

  /// How many tasks are tried in a round then: enough to meet several instances, few enough not to
  /// crowd out other services.
  static final int PROBES = 10;

  /// ECS's reason for a task replaced because of its health check. Source: ECS developer guide,
  /// "Stopped task error messages".
  static final StopCause UNHEALTHY =
      new StopCause(StopCause.SERVICE_SCHEDULER_INITIATED, "Task failed container health checks");

  private Trouble() {}

  /// Whether a task ended by its own fault, not because somebody or something else stopped it.
  static boolean failed(Task task) {
    StopCause stop = task.stop();
    return stop == null
        || stop.equals(UNHEALTHY)
        || List.of(StopCause.ESSENTIAL_CONTAINER_EXITED, StopCause.TASK_FAILED_TO_START)
            .contains(stop.code());
  }

  /// The deployment after one of its tasks ended.
  ///
  /// @param proven whether that task had ever been healthy
  static ServiceDeployment after(
      ServiceDeployment deployment, Task task, boolean proven, Instant now) {
    if (!failed(task)) {
      return deployment;
    }
    ServiceDeploymentBuilder next = ServiceDeploymentBuilder.builder(deployment);
    Instant started = task.times().startedAt();
    boolean unhealthy = UNHEALTHY.equals(task.stop());
    if (started == null || unhealthy) {
      next.failedTasks(deployment.failedTasks() + 1);
    }
    boolean early = started == null || endedBefore(task, started.plus(PROOF), now);
    if (deployment.inProgress() && (early || unhealthy)) {
      next.failures(deployment.failures() + 1);
    }
    if (early || (unhealthy && !proven)) {
      next.troubleAt(now);
      Instant open = deployment.nextStartAt();
      if (open == null || !task.times().createdAt().isBefore(open)) {
        int trouble = Math.addExact(deployment.trouble(), 1);
        next.trouble(trouble).nextStartAt(now.plus(delay(trouble)));
      }
    }
    return next.build();
  }

  /// The deployment without trouble.
  static ServiceDeployment over(ServiceDeployment deployment) {
    return ServiceDeploymentBuilder.builder(deployment)
        .trouble(0)
        .troubleAt(null)
        .nextStartAt(null)
        .build();
  }

  /// When the trouble is over, if nothing fails until then: once a task that was not proven at the
  /// last failure has run for long enough, or once none is missing and all have. Null when there is
  /// no trouble, or no end in sight.
  ///
  /// @param fresh the tasks of the deployment
  /// @param complete whether none is missing
  static @Nullable Instant overAt(
      ServiceDeployment deployment, List<Member> fresh, boolean complete) {
    Instant last = deployment.troubleAt();
    if (last == null) {
      return null;
    }
    Instant first = null;
    Instant all = complete ? last.plus(PROOF) : null;
    for (Member one : fresh) {
      if (one.is(Member.Condition.PENDING)) {
        all = null;
        continue;
      }
      Instant proof = one.startedAt().plus(PROOF);
      if (proof.isAfter(last) && (first == null || proof.isBefore(first))) {
        first = proof;
      }
      all = all != null && proof.isAfter(all) ? proof : all;
    }
    return first != null && (all == null || first.isBefore(all)) ? first : all;
  }

  /// How many tasks may be started now.
  static int allowed(ServiceDeployment deployment, List<Member> fresh, Instant now) {
    Instant open = deployment.nextStartAt();
    if (open == null) {
      return Integer.MAX_VALUE;
    }
    if (open.isAfter(now)) {
      return 0;
    }
    if (deployment.trouble() < LASTING) {
      return Integer.MAX_VALUE;
    }
    long tried =
        fresh.stream().filter(one -> !one.task().times().createdAt().isBefore(open)).count();
    return (int) Math.max(0, PROBES - tried);
  }

  static Duration delay(int trouble) {
    Duration delay = DELAY_FIRST;
    for (int i = 1; i < trouble && delay.compareTo(DELAY_MAX) < 0; i++) {
      delay = delay.multipliedBy(DELAY_FACTOR);
    }
    return delay.compareTo(DELAY_MAX) < 0 ? delay : DELAY_MAX;
  }

  private static boolean endedBefore(Task task, Instant proof, Instant now) {
    Instant stopping = task.times().stoppingAt();
    Instant stopped = task.times().stoppedAt();
    Instant end = stopping != null ? stopping : stopped != null ? stopped : now;
    return end.isBefore(proof);
  }
}
