package dev.roadstead.sim.audit;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskContainer;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.watch.Commit;
import dev.roadstead.engine.watch.Commit.Touch;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The scheduler never takes a service below its minimum of healthy tasks: where it stops one that
/// serves, enough others do. Tasks on machines that are away count as if they served, so that the
/// law holds whatever becomes of them.
final class HealthLaw {
  private HealthLaw() {}

  static void check(Commit commit, State before, State after) {
    Set<String> services = new TreeSet<>();
    for (Touch<?> touch : commit.touches()) {
      if (touch.table().equals(Tasks.TABLE)) {
        Task was = (Task) touch.before();
        Task is = (Task) touch.after();
        if (was != null && is != null && was.wanted() && sacked(is) && served(before, was)) {
          services.add(String.valueOf(is.serviceKey()));
        }
      }
    }
    for (String key : services) {
      keeps(after, key);
    }
  }

  private static boolean sacked(Task task) {
    StopCause cause = task.stop();
    return !task.wanted()
        && !task.stopped()
        && task.serviceKey() != null
        && cause != null
        && cause.code().equals(StopCause.SERVICE_SCHEDULER_INITIATED);
  }

  private static boolean served(State before, Task task) {
    @Nullable ContainerInstance instance =
        before.find(ContainerInstances.TABLE, String.valueOf(task.instanceKey()));
    return instance != null && instance.connected() && healthy(task);
  }

  private static boolean healthy(Task task) {
    boolean checked = task.containers().stream().anyMatch(TaskContainer::checksHealth);
    return task.wanted()
        && task.lastStatus() == TaskStatus.RUNNING
        && (!checked || task.health() == Health.HEALTHY);
  }

  private static void keeps(State after, String key) {
    Service service = after.find(Services.TABLE, key);
    if (service == null || !service.active() || service.daemon() || service.external()) {
      return;
    }
    long healthy =
        after.rows(Tasks.ALIVE_BY_SERVICE, key).stream().filter(HealthLaw::healthy).count();
    Violation.unless(
        healthy >= service.lowerBound(),
        "service %s is taken down to %d healthy tasks, %d are its least"
            .formatted(service.name(), healthy, service.lowerBound()));
  }
}
