package dev.roadstead.control.ecs.why;

import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskProtections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What a service waits for that its own settings, or a task's protection, ask for.
final class Blocks {
  private static final int SHOWN_MAX = 5;

  private Blocks() {}

  static Finding of(
      Look look,
      Service service,
      Reason reason,
      String subject,
      Instant since,
      List<String> evidence) {
    return reason == Reason.PROTECTED
        ? guarded(look, service, subject, since, evidence)
        : percentages(service, subject, since, evidence);
  }

  private static Finding guarded(
      Look look, Service service, String subject, Instant since, List<String> evidence) {
    List<String> all = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (Task task : look.alive(service)) {
      Instant until = TaskProtections.expiry(look.state(), task, look.call().now());
      if (until != null) {
        ids.add(task.id());
        if (ids.size() <= SHOWN_MAX) {
          all.add("task " + task.id() + " is under protection until " + until);
        }
      }
    }
    all.addFirst(ids.size() + " tasks are under protection");
    all.addAll(evidence);
    String change =
        ids.isEmpty()
            ? Reason.PROTECTED.advice()
            : "End the protection of task "
                + ids.getFirst()
                + (ids.size() == 1 ? "" : " and " + (ids.size() - 1) + " more")
                + " with UpdateTaskProtection, or wait until it expires.";
    return new Finding(Reason.PROTECTED, subject, all, since, change);
  }

  private static Finding percentages(
      Service service, String subject, Instant since, List<String> evidence) {
    int desired = service.desiredCount();
    List<String> all = new ArrayList<>();
    all.add(
        ("minimumHealthyPercent %d of %d tasks: at least %d must stay healthy;"
                + " maximumPercent %d: at most %d may be there")
            .formatted(
                service.minimumHealthyPercent(),
                desired,
                service.lowerBound(),
                service.maximumPercent(),
                service.upperBound()));
    all.addAll(evidence);
    int percentMax = (100 * (desired + 1) + desired - 1) / Math.max(1, desired);
    int percentMin = 100 * (desired - 1) / Math.max(1, desired);
    String change =
        "Raise maximumPercent to %d, or lower minimumHealthyPercent to %d."
            .formatted(percentMax, percentMin);
    return new Finding(Reason.BLOCKED_BY_PERCENTAGES, subject, all, since, change);
  }
}
