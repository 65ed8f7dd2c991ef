package dev.roadstead.control.ecs.table;

import dev.roadstead.engine.table.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/// The tasks of one service that a look at it cannot pass over: all it follows but those that are
/// awaited or calm. Of these nobody wants them to stop, their instance is ACTIVE and connected, and
/// they are not protected; an awaited one has yet to become RUNNING, a calm one has been healthy
/// and is so still. They differ from others like them in nothing but where they are.
///
/// A service of thousands of tasks so costs as much to look at as it has tasks that have just come
/// up, go or are in trouble. Immutable, and a function of the rows alone.
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
      if (followed != null && !ordinary(rows, followed)) {
        next.add(followed);
      }
    }
    next.addAll(restless.subList(at, restless.size()));
    return new Crowd(next);
  }

  private static boolean ordinary(Rows rows, ServiceTask followed) {
    Task task = followed.away() ? null : rows.find(Tasks.TABLE, followed.taskKey());
    if (task == null
        || !task.wanted()
        || !(followed.proven() ? calm(task) : task.lastStatus().pending())) {
      return false;
    }
    String key = task.instanceKey();
    ContainerInstance instance = key == null ? null : rows.find(ContainerInstances.TABLE, key);
    return instance != null
        && instance.eligible()
        && rows.find(TaskProtections.TABLE, task.key()) == null;
  }

  /// Whether it runs, and its health check, if it has one, says that it is well.
  private static boolean calm(Task task) {
    return task.lastStatus() == TaskStatus.RUNNING
        && (task.health() == Health.HEALTHY || !task.checksHealth());
  }
}
