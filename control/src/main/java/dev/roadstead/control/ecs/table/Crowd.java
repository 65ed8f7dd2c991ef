package dev.roadstead.control.ecs.table;

import dev.roadstead.engine.table.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/// The tasks of one service that a look at it cannot pass over: all it follows but those that are
/// calm. A calm one has been healthy and is so still, nobody wants it to stop, its instance is
/// ACTIVE and connected, and it is not protected: it differs from others like it in nothing but
/// where it is.
///
/// A service of thousands of tasks so costs as much to look at as it has tasks that come, go or are
/// in trouble. Immutable, and a function of the rows alone.
public final class Crowd {
  static final Crowd EMPTY = new Crowd(List.of());

  private final List<ServiceTask> restless; // by task key

  private Crowd(List<ServiceTask> restless) {
    this.restless = restless;
  }

  /// By the keys of their tasks.
  public List<ServiceTask> restless() {
    return restless;
  }

  boolean isEmpty() {
    return restless.isEmpty();
  }

  /// With these tasks as they are now.
  Crowd with(Rows rows, SortedSet<String> keys) {
    List<ServiceTask> next = new ArrayList<>(restless.size() + keys.size());
    int at = 0;
    for (String key : keys) {
      while (at < restless.size() && restless.get(at).taskKey().compareTo(key) < 0) {
        next.add(restless.get(at++));
      }
      if (at < restless.size() && restless.get(at).taskKey().equals(key)) {
        at++;
      }
      ServiceTask followed = rows.find(ServiceTasks.TABLE, key);
      if (followed != null && !calm(rows, followed)) {
        next.add(followed);
      }
    }
    next.addAll(restless.subList(at, restless.size()));
    return new Crowd(next);
  }

  private static boolean calm(Rows rows, ServiceTask followed) {
    if (!followed.proven() || followed.away()) {
      return false;
    }
    Task task = rows.find(Tasks.TABLE, followed.taskKey());
    if (task == null || !steady(task)) {
      return false;
    }
    String key = task.instanceKey();
    ContainerInstance instance = key == null ? null : rows.find(ContainerInstances.TABLE, key);
    return instance != null
        && instance.eligible()
        && rows.find(TaskProtections.TABLE, task.key()) == null;
  }

  /// Whether it runs, is to go on, and its health check, if it has one, says that it is well.
  private static boolean steady(Task task) {
    return task.wanted()
        && task.lastStatus() == TaskStatus.RUNNING
        && (task.health() == Health.HEALTHY || !task.checksHealth());
  }
}
