package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.Purpose;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.table.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The stops of tasks that a service has no use for, each with its cause.
///
/// @param changes of the tasks
/// @param events that tell it, oldest first
record Stops(List<Change> changes, List<String> events) {
  /// @param moving whether a task moves from one availability zone to another
  static Stops of(Service service, List<Member> members, boolean moving, Instant now) {
    List<Change> changes = new ArrayList<>();
    List<String> events = new ArrayList<>();
    List<Task> running = new ArrayList<>();
    int pending = 0;
    String scaling = "Scaling activity initiated by (deployment " + service.primary().id() + ")";
    for (Member one : members) {
      boolean sick = one.is(Member.Condition.UNHEALTHY) && service.active();
      boolean unhealthy = sick && (one.guarded() || !one.stale());
      if (unhealthy) {
        events.add(Messages.failedChecks(one.task()));
      }
      StopCause cause =
          unhealthy
              ? Trouble.UNHEALTHY
              : new StopCause(
                  StopCause.SERVICE_SCHEDULER_INITIATED,
                  scaling,
                  purpose(service, one, moving).actor());
      changes.addAll(Tasks.stop(one.task(), cause, now));
      if (one.is(Member.Condition.PENDING)) {
        pending++;
      } else {
        running.add(one.task());
      }
    }
    if (pending > 0) {
      events.add(Messages.stoppedPending(pending));
    }
    String zone = moving && running.size() == 1 ? running.getFirst().availabilityZone() : null;
    if (zone != null) {
      events.add(Messages.stoppedIn(zone, running.getFirst()));
    } else if (!running.isEmpty()) {
      events.add(Messages.stoppedRunning(running));
    }
    return new Stops(changes, events);
  }

  private static Purpose purpose(Service service, Member one, boolean moving) {
    if (!service.active()) {
      return Purpose.DELETION;
    }
    if (one.draining()) {
      return Purpose.DRAIN;
    }
    if (!one.followed().deploymentId().equals(service.primary().id())) {
      return Purpose.DEPLOYMENT;
    }
    if (one.returned()) {
      return Purpose.RETURN;
    }
    return moving ? Purpose.REBALANCING : Purpose.SCALE_IN;
  }
}
