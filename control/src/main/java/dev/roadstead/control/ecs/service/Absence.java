package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.ServiceTask;
import dev.roadstead.control.ecs.table.ServiceTasks;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskCounts;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The counts of a deployment without the tasks on lost instances: nobody knows whether those run,
/// and the service counts on others.
final class Absence {
  private Absence() {}

  static TaskCounts counts(State state, String serviceKey, String deploymentId) {
    TaskCounts counts =
        state.value(Tasks.BY_DEPLOYMENT, Tasks.deploymentGroup(serviceKey, deploymentId));
    for (ServiceTask one : state.rows(ServiceTasks.AWAY_BY_SERVICE, serviceKey)) {
      Task task = state.find(Tasks.TABLE, one.taskKey());
      if (task != null
          && !task.stopped()
          && deploymentId.equals(task.deploymentId())
          && !connected(state, task)) {
        counts = counts.without(task);
      }
    }
    return counts;
  }

  /// Remembers tasks whose instance is lost: others may take their places from now on.
  static List<Change> begins(Census census, Pace pace) {
    List<ServiceTask> begun = census.away().stream().filter(one -> !one.away()).toList();
    return pace.takeMarks(begun).stream().map(one -> ServiceTasks.away(one, true)).toList();
  }

  /// Tasks that are back with their instance and needed are as all others again.
  static List<Change> ends(
      Census census, Rollout rollout, List<Member> fresh, int desired, Pace pace) {
    Set<String> stops = new HashSet<>();
    rollout.stops().forEach(one -> stops.add(one.task().key()));
    long gone = fresh.stream().filter(one -> stops.contains(one.task().key())).count();
    if (fresh.size() + census.calm() + census.awaited() - gone > desired) {
      return List.of();
    }
    List<ServiceTask> needed =
        census.members().stream()
            .filter(one -> one.returned() && !stops.contains(one.task().key()))
            .map(Member::followed)
            .toList();
    return pace.takeMarks(needed).stream().map(one -> ServiceTasks.away(one, false)).toList();
  }

  private static boolean connected(State state, Task task) {
    String key = task.instanceKey();
    ContainerInstance instance = key == null ? null : state.find(ContainerInstances.TABLE, key);
    return instance != null && instance.connected();
  }
}
