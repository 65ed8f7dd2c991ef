package dev.roadstead.control.ecs.why;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceEvent;
import dev.roadstead.control.ecs.table.ServiceEvents;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.task.TaskHistory;
import dev.roadstead.engine.root.State;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What `why` looks at: the durable rows at one moment, the history of stopped tasks, and who asks.
record Look(State state, TaskHistory history, Call call) {
  /// Stopped tasks of a cluster that are gone through for the last that failed: some 50 ms.
  private static final int STOPPED_MAX = 50_000;

  Scope scope() {
    return call.scope();
  }

  /// The task of that id, or as it last was; null when nobody knows it.
  @Nullable Task task(String cluster, String id) {
    String key = scope().key(cluster, id);
    Task row = state.find(Tasks.TABLE, key);
    return row == null ? history.find(key) : row;
  }

  @Nullable ContainerInstance instance(Task task) {
    String key = task.instanceKey();
    return key == null ? null : state.find(ContainerInstances.TABLE, key);
  }

  /// The tasks of a service that are not reported STOPPED.
  List<Task> alive(Service service) {
    return state.rows(Tasks.ALIVE_BY_SERVICE, service.key());
  }

  /// The task of a service that stopped last and that the predicate holds for; null when none does.
  @Nullable Task lastStopped(Service service, Predicate<Task> which) {
    Task last = null;
    int seen = 0;
    for (String key : state.keys(Tasks.STOPPED_BY_CLUSTER, service.clusterKey())) {
      if (++seen > STOPPED_MAX) {
        break;
      }
      Task task = state.get(Tasks.TABLE, key);
      if (service.name().equals(task.serviceName())
          && (last == null || STOPPED.compare(task, last) > 0)
          && which.test(task)) {
        last = task;
      }
    }
    return last;
  }

  private static final Comparator<Task> STOPPED =
      Comparator.comparing(
          task ->
              task.times().stoppedAt() == null
                  ? task.times().createdAt()
                  : task.times().stoppedAt());

  List<ServiceEvent> events(Service service) {
    return ServiceEvents.newestFirst(state, service.key());
  }
}
