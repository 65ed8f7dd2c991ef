package dev.roadstead.control.ecs.why;

import dev.roadstead.control.ecs.placement.Choice;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskContainer;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.WaitingTask;
import dev.roadstead.control.ecs.table.WaitingTasks;
import dev.roadstead.control.ecs.task.Waits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a task that has not ended is in the state it is in.
final class TaskWhy {
  private final Look look;
  private final Task task;
  private final String subject;

  private TaskWhy(Look look, Task task) {
    this.look = look;
    this.task = task;
    this.subject = subject(task);
  }

  static Finding of(Look look, Task task) {
    return task.stopped() ? StoppedWhy.of(task) : new TaskWhy(look, task).finding();
  }

  static String subject(Task task) {
    return "task " + task.id() + " in cluster " + task.cluster();
  }

  private Finding finding() {
    if (!task.wanted()) {
      return stopping();
    }
    WaitingTask waits = WaitingTasks.of(look.state(), task);
    if (waits != null) {
      return waits(waits);
    }
    ContainerInstance instance = look.instance(task);
    if (instance != null && !instance.connected()) {
      return away(instance);
    }
    if (task.health() == Health.UNHEALTHY) {
      return unhealthy();
    }
    return task.lastStatus() == TaskStatus.RUNNING
        ? Finding.of(
            Reason.AS_WANTED,
            subject,
            List.of("RUNNING on " + task.instanceId() + ", health " + task.health()),
            task.times().startedAt())
        : starting();
  }

  private Finding stopping() {
    List<String> evidence = new ArrayList<>(StoppedWhy.cause(task));
    evidence.addAll(Containers.lines(task));
    return Finding.of(Reason.STOPPING, subject, evidence, task.times().stoppingAt());
  }

  private Finding waits(WaitingTask row) {
    List<String> evidence = new ArrayList<>();
    evidence.add(
        "number %d in the order of %s, until %s"
            .formatted(WaitingTasks.position(look.state(), row), row.provider(), row.failsAt()));
    evidence.add(row.cause() + ": " + row.detail());
    Choice choice = Waits.look(look.state(), row, task, look.call().random());
    Finding room =
        choice == null
            ? null
            : Shortages.of(
                look,
                new Shortages.Asked(
                    task.clusterKey(), row.provider(), choice, subject, row.since()));
    return room == null
        ? Finding.of(Reason.WAITS_FOR_ROOM, subject, evidence, row.since())
        : room.as(Reason.WAITS_FOR_ROOM, subject, evidence);
  }

  private Finding away(ContainerInstance instance) {
    Instant lostAt = instance.lostAt();
    boolean runs = task.lastStatus() == TaskStatus.RUNNING;
    List<String> evidence = new ArrayList<>();
    evidence.add(
        "%s on %s, whose agent is not connected"
            .formatted(runs ? "last seen RUNNING" : "it is to run", instance.id()));
    if (lostAt != null && task.serviceName() != null) {
      evidence.add("its service gives it up at " + lostAt + " unless the agent is back");
    }
    return new Finding(
        Reason.AGENT_AWAY,
        subject,
        evidence,
        PlaceWhy.since(instance),
        "Start or reach the agent of " + instance.id() + ".");
  }

  private Finding unhealthy() {
    return new Finding(
        Reason.HEALTH_FAILED,
        subject,
        Containers.lines(task),
        task.times().startedAt(),
        "Correct the check of "
            + Containers.unhealthy(task)
            + ", or what it checks; give it a longer startPeriod if it is slow to start.");
  }

  private Finding starting() {
    Instant created = task.times().createdAt();
    List<String> evidence = new ArrayList<>(Containers.lines(task));
    if (task.containers().stream().anyMatch(TaskWhy::up)) {
      evidence.add("containers that wait start once those they depend on are as far");
      List<String> slow =
          task.containers().stream()
              .filter(one -> up(one) && one.checksHealth() && one.health() != Health.HEALTHY)
              .map(TaskContainer::name)
              .toList();
      return slow.isEmpty()
          ? Finding.of(Reason.DEPENDENCY_UNMET, subject, evidence, created)
          : new Finding(
              Reason.DEPENDENCY_UNMET,
              subject,
              evidence,
              created,
              "Look at the health check of " + String.join(", ", slow) + ".");
    }
    evidence.add("placed on " + task.instanceId());
    Instant pulls = task.times().pullStartedAt();
    return pulls != null && task.times().pullStoppedAt() == null
        ? Finding.of(Reason.PULLING, subject, evidence, pulls)
        : Finding.of(Reason.STARTING, subject, evidence, created);
  }

  private static boolean up(TaskContainer container) {
    return container.lastStatus().equals(TaskContainer.RUNNING);
  }

  /// When a task ended; when it was made, if it has not.
  static Instant endedAt(Task task) {
    @Nullable Instant at = task.times().stoppedAt();
    return at == null ? task.times().createdAt() : at;
  }
}
