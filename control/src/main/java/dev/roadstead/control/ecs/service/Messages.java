package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.HookRun;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.Shift;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskContainer;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The texts of service events. Source: ECS developer guide, "Amazon ECS service event messages".
final class Messages {
  private Messages() {}

  static String prefix(Service service) {
    String set =
        service.external() && !service.deployments().isEmpty()
            ? ", taskSet " + service.primary().id()
            : "";
    return "(service " + service.name() + set + ") ";
  }

  static String steady() {
    return "has reached a steady state.";
  }

  static String started(List<Task> tasks, int replacing) {
    String text = "has started " + tasks.size() + " tasks: " + list(tasks) + ".";
    return replacing == 0
        ? text
        : text + " Amazon ECS replaced " + replacing + " tasks due to an unhealthy status.";
  }

  static String stoppedRunning(List<Task> tasks) {
    return "has stopped " + tasks.size() + " running tasks: " + list(tasks) + ".";
  }

  static String stoppedPending(int count) {
    return "stopped " + count + " pending tasks.";
  }

  static String failedChecks(Task task) {
    return "(task " + task.id() + ") failed container health checks.";
  }

  static String completed(String deploymentId) {
    return "(deployment " + deploymentId + ") deployment completed.";
  }

  static String failed(String deploymentId, String failure) {
    return "(deployment " + deploymentId + ") deployment failed: " + failure;
  }

  static String rollingBack(String deploymentId) {
    return "rolling back to deployment " + deploymentId + ".";
  }

  static String blocked() {
    return "was unable to stop or start tasks during a deployment because of the service deployment"
        + " configuration. Update the minimumHealthyPercent or maximumPercent value and try again.";
  }

  /// Source: ECS developer guide, "Amazon ECS service event messages".
  static String guarded(String deploymentId, int count) {
    return "was unable to reach steady state because (taskSet "
        + deploymentId
        + ") was unable to scale in due to (reason "
        + count
        + " tasks under protection)";
  }

  /// How far draining is; in words of our own.
  static String draining(int count, int guarded) {
    return "has "
        + count
        + " tasks left on draining container instances"
        + (guarded == 0 ? "." : ", " + guarded + " of them under protection.");
  }

  /// Source: ECS developer guide, "Amazon ECS service event messages".
  static String uneven(Zones zones) {
    return "is not AZ balanced with " + zones.text() + ". AZ Rebalancing in progress.";
  }

  static String balanced(Zones zones) {
    return "is AZ balanced with " + zones.text() + ".";
  }

  static String startedIn(String zone, Task task) {
    return "has started 1 tasks in " + zone + " to AZ Rebalance: (task " + task.id() + ").";
  }

  static String stoppedIn(String zone, Task task) {
    return "has stopped 1 running tasks in "
        + zone
        + " due to AZ rebalancing: (task "
        + task.id()
        + ").";
  }

  static String fullZone(String zone) {
    return "is unable to place a task in "
        + zone
        + " because no container instance met all of its requirements.";
  }

  static String unplaceable(String reason) {
    return "was unable to place a task. Reason: " + reason;
  }

  /// That starts are delayed, and by what. The first sentence is ECS's; the rest names the task
  /// that ended last.
  static String impaired(@Nullable Task task) {
    String text = "is unable to consistently start tasks successfully.";
    if (task == null) {
      return text;
    }
    String reason = task.stop() == null ? "Task stopped" : task.stop().reason();
    return text
        + containers(task)
        + " (task "
        + task.id()
        + "): "
        + reason
        + (reason.endsWith(".") ? "" : ".")
        + " Starts are delayed by up to 15 minutes until tasks keep running; a new deployment"
        + " starts at once.";
  }

  /// Source: ECS developer guide, "Amazon ECS service event messages".
  static String emptyProvider() {
    return "was unable to reach steady state. Reason: No Container Instances were found in your"
        + " capacity provider.";
  }

  static String hookStarted(HookRun run, Shift.Stage stage, Task task) {
    return "has started " + hook(run) + " at stage " + stage + ": (task " + task.id() + ").";
  }

  static String hookUnplaced(HookRun run, Shift.Stage stage, String event) {
    return event + " It is that of " + hook(run) + " at stage " + stage + ".";
  }

  /// Why a deployment cannot go on: hook, stage and what became of it; without a period.
  static String hookFailed(HookRun run, Shift.Stage stage) {
    return hook(run) + " failed at stage " + stage + ": " + run.failure();
  }

  private static String hook(HookRun run) {
    return "lifecycle hook " + (run.target() == null ? run.id() : run.target());
  }

  private static String containers(Task task) {
    return task.containers().stream()
        .filter(one -> one.exitCode() != null || one.reason() != null)
        .max(Comparator.comparing(TaskContainer::essential))
        .map(
            one ->
                " Container "
                    + one.name()
                    + (one.exitCode() == null ? " failed" : " exited with code " + one.exitCode())
                    + (one.reason() == null ? "" : ": " + one.reason()))
        .orElse(" The last task failed");
  }

  private static String list(List<Task> tasks) {
    return tasks.stream().map(task -> "(task " + task.id() + ")").collect(Collectors.joining(" "));
  }
}
