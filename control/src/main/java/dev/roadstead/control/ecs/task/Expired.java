package dev.roadstead.control.ecs.task;

import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.loop.Outcome;
import dev.roadstead.engine.loop.Work;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Stopped tasks whose rows are to go, since their time is over or their cluster has more than its
/// share. Where histories are kept, a row goes only once its task is in the history.
public final class Expired {
  private Expired() {}

  /// The first of them; none when there is nothing to do.
  ///
  /// @param max the most to give
  public static List<Task> of(State state, Instant now, int max) {
    List<Task> expired = new ArrayList<>();
    for (Cluster cluster : state.all(Clusters.TABLE)) {
      int stopped = state.count(Tasks.STOPPED_BY_CLUSTER, cluster.key());
      if (stopped == 0) {
        continue;
      }
      List<Task> tasks = new ArrayList<>(state.rows(Tasks.STOPPED_BY_CLUSTER, cluster.key()));
      tasks.sort(Comparator.comparing(TaskReaper::stoppedAt).thenComparing(Task::key));
      int surplus = stopped > TaskReaper.STOPPED_MAX ? stopped - TaskReaper.STOPPED_AFTER_TRIM : 0;
      for (Task task : tasks) {
        boolean over = !Tasks.expiry(TaskReaper.stoppedAt(task)).isAfter(now);
        if (expired.size() == max || (!over && surplus <= 0)) {
          break;
        }
        surplus--;
        expired.add(task);
      }
    }
    return expired;
  }

  /// Forgets the rows that are still as they were put into the history. Answers how many.
  public static Work<Integer> forget(List<Task> kept) {
    return (state, _) -> {
      List<Change> changes = new ArrayList<>();
      for (Task task : kept) {
        if (task.equals(state.find(Tasks.TABLE, task.key()))) {
          changes.add(Tasks.forget(task));
        }
      }
      return new Outcome<>(changes, changes.size());
    };
  }
}
