package dev.roadstead.control.ecs.task;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.table.WaitingTask;
import dev.roadstead.control.ecs.table.WaitingTasks;
import dev.roadstead.engine.loop.Controller;
import dev.roadstead.engine.loop.Dirty;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Places tasks that wait for room once there is some, in their order, and gives up those that have
/// waited for too long. One that does not fit does not hold up a later one that does.
///
/// Woken by what can make room: a task that ended, an instance that came or changed. Source: ECS
/// developer guide, "Amazon ECS cluster auto scaling".
public final class WaitingTaskController implements Controller {
  @Override
  public String name() {
    return "waiting-tasks";
  }

  @Override
  public List<Table<?>> watches() {
    return List.of(WaitingTasks.TABLE, Tasks.TABLE, ContainerInstances.TABLE);
  }

  @Override
  public List<Change> plan(State state, Dirty dirty, Moment moment) {
    Set<String> groups = new LinkedHashSet<>();
    for (Dirty.Touched<WaitingTask> touched : dirty.rows(WaitingTasks.TABLE)) {
      WaitingTask row = touched.latest();
      if (row != null) {
        groups.add(row.providerGroup());
      }
    }
    for (Dirty.Touched<Task> touched : dirty.rows(Tasks.TABLE)) {
      task(state, touched.before(), touched.after(), groups);
    }
    for (Dirty.Touched<ContainerInstance> touched : dirty.rows(ContainerInstances.TABLE)) {
      instance(touched.after(), groups);
    }
    List<Change> changes = new ArrayList<>();
    State working = state;
    for (String group : groups) {
      List<Change> some = new WaitingRound(working, moment).changes(group);
      working = working.with(some);
      changes.addAll(some);
    }
    return changes;
  }

  private static void task(
      State state, @Nullable Task before, @Nullable Task after, Set<String> groups) {
    Task task = after != null ? after : before;
    if (task == null || (after != null && !after.stopped())) {
      return;
    }
    String instance = task.instanceKey();
    String provider = task.capacityProviderName();
    if (instance != null) {
      instance(state.find(ContainerInstances.TABLE, instance), groups);
    } else if (provider != null) {
      groups.add(ContainerInstances.providerGroup(task.clusterKey(), provider));
    }
  }

  private static void instance(@Nullable ContainerInstance instance, Set<String> groups) {
    String provider = instance == null ? null : instance.capacityProviderName();
    if (instance != null && provider != null) {
      groups.add(ContainerInstances.providerGroup(instance.clusterKey(), provider));
    }
  }
}
