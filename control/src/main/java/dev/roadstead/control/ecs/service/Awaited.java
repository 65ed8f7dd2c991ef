package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceBuilder;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.engine.loop.Dirty;
import dev.roadstead.engine.root.State;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What happens to a service's tasks as expected, and makes no difference before the service is
/// looked at anyway: a large service is not planned for each of its tasks that comes up.
///
/// @param settle how long a task must have been RUNNING before that makes a difference
record Awaited(State state, Duration settle, Instant now) {
  /// Whether only the time was put off at which the service is looked at.
  boolean delays(Dirty.Touched<Service> row) {
    Service before = row.before();
    Service after = row.after();
    return before != null
        && after != null
        && planned(after)
        && !before.equals(after)
        && ServiceBuilder.builder(before).wakeAt(after.wakeAt()).build().equals(after);
  }

  /// Whether a task was started, or has become RUNNING.
  boolean covers(Dirty.Touched<Task> row) {
    Task before = row.before();
    Task after = row.after();
    if (after == null || !after.wanted() || after.lastStatus().compareTo(TaskStatus.RUNNING) > 0) {
      return false;
    }
    if (before != null && (!before.lastStatus().pending() || before.health() != after.health())) {
      return false;
    }
    String key = after.serviceKey();
    Service service = key == null ? null : state.find(Services.TABLE, key);
    return service != null && planned(service);
  }

  private boolean planned(Service service) {
    @Nullable Instant at = service.wakeAt();
    return at != null && at.isAfter(now) && !at.isAfter(now.plus(settle));
  }
}
