package dev.roadstead.control.ecs.agent;

import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskContainer;
import dev.roadstead.control.ecs.table.TaskContainerBuilder;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.TaskTimes;
import dev.roadstead.control.ecs.table.TaskTimesBuilder;
import dev.roadstead.control.ecs.table.Tasks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A task's row with what was observed of it. Reports may come late, twice and out of order: the
/// row only moves forward, and a STOPPED one is final.
public final class Observation {
  private Observation() {}

  /// The row with what an agent reported.
  ///
  /// @param definition of the task; null when it was deleted
  static Task reported(Task task, Report report, @Nullable TaskDefinition definition, Instant now) {
    if (task.stopped()) {
      return task;
    }
    TaskStatus reported = status(report.status());
    List<TaskContainer> containers =
        ObservedContainers.with(task.containers(), report.containers(), definition);
    boolean stopped = reported == TaskStatus.STOPPED;
    boolean ending = stopped || essentialStopped(containers);
    Task next =
        TaskBuilder.builder(task)
            .containers(containers)
            .connected(true)
            .times(times(task, report, reported, now))
            .build();
    if (reported != null && !stopped && task.lastStatus().mayBecome(reported)) {
      next = TaskBuilder.builder(next).lastStatus(reported).build();
    }
    if (ending) {
      boolean started = task.times().startedAt() != null || reported == TaskStatus.RUNNING;
      next = Tasks.stopping(next, StopCauses.of(containers, started, report.reason()), now);
    }
    return stopped ? ended(next, now) : next;
  }

  /// The row of a task whose instance is no more.
  public static Task lost(Task task, StopCause cause, Instant now) {
    return ended(Tasks.stopping(task, cause, now), now);
  }

  /// The row with what a health report says.
  ///
  /// @param healths by container; others keep theirs
  public static Task health(Task task, Map<String, Health> healths) {
    if (task.stopped()) {
      return task;
    }
    List<TaskContainer> containers = new ArrayList<>(task.containers().size());
    for (TaskContainer one : task.containers()) {
      Health health = healths.get(one.name());
      containers.add(
          health == null || !one.checksHealth()
              ? one
              : TaskContainerBuilder.builder(one).health(health).build());
    }
    return TaskBuilder.builder(task).containers(containers).health(overall(containers)).build();
  }

  /// The health of a task: of its essential containers that have a check. One that is unhealthy is
  /// enough, all must be healthy. Source: ECS developer guide, "Determine Amazon ECS task health
  /// using container health checks".
  static Health overall(List<TaskContainer> containers) {
    Health worst = null;
    for (TaskContainer one : containers) {
      if (one.essential() && one.checksHealth()) {
        if (one.health() == Health.UNHEALTHY) {
          return Health.UNHEALTHY;
        }
        worst = worst == Health.UNKNOWN ? worst : one.health();
      }
    }
    return worst == null ? Health.UNKNOWN : worst;
  }

  private static Task ended(Task task, Instant now) {
    return TaskBuilder.builder(task)
        .lastStatus(TaskStatus.STOPPED)
        .containers(ObservedContainers.stopped(task.containers()))
        .times(TaskTimesBuilder.builder(task.times()).stoppedAt(now).build())
        .build();
  }

  private static TaskTimes times(
      Task task, Report report, @Nullable TaskStatus reported, Instant now) {
    TaskTimes before = task.times();
    TaskTimesBuilder next = TaskTimesBuilder.builder(before);
    next.connectivityAt(before.connectivityAt() == null ? now : before.connectivityAt());
    next.pullStartedAt(first(before.pullStartedAt(), report.pullStartedAt()));
    next.pullStoppedAt(first(before.pullStoppedAt(), report.pullStoppedAt()));
    next.executionStoppedAt(first(before.executionStoppedAt(), report.executionStoppedAt()));
    if (reported == TaskStatus.RUNNING && before.startedAt() == null) {
      next.startedAt(now);
    }
    return next.build();
  }

  private static @Nullable Instant first(@Nullable Instant known, @Nullable Instant sent) {
    return known == null ? sent : known;
  }

  private static boolean essentialStopped(List<TaskContainer> containers) {
    for (TaskContainer one : containers) {
      if (one.essential() && one.lastStatus().equals(TaskContainer.STOPPED)) {
        return true;
      }
    }
    return false;
  }

  /// Agents know more statuses than they say; those before RUNNING all mean PENDING to others.
  private static @Nullable TaskStatus status(@Nullable String text) {
    return switch (text) {
      case "PENDING" -> TaskStatus.PENDING;
      case "RUNNING" -> TaskStatus.RUNNING;
      case "STOPPED" -> TaskStatus.STOPPED;
      case null, default -> null;
    };
  }
}
