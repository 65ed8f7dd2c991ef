package dev.roadstead.control.ecs.task;

import dev.roadstead.control.ecs.table.ClientToken;
import dev.roadstead.control.ecs.table.ClientTokens;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskProtection;
import dev.roadstead.control.ecs.table.TaskProtections;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.loop.Controller;
import dev.roadstead.engine.loop.Dirty;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Forgets stopped tasks, protections and client tokens whose time is over, the protections of
/// tasks that have stopped, and the oldest stopped tasks of a cluster that has more than its share.
public final class TaskReaper implements Controller {
  /// How many stopped tasks of a cluster are kept, so that a churning cluster cannot fill memory:
  /// at about 600 bytes a row, some 30 MB.
  static final int STOPPED_MAX = 50_000;

  /// How many are kept after a trim: sorting costs more than deleting, so it is done in strides.
  static final int STOPPED_AFTER_TRIM = 45_000;

  private final boolean forgets;

  /// A reaper of all of these, or of all but tasks.
  ///
  /// @param forgets whether it forgets stopped tasks, rather than {@link Expired}, which does once
  ///     they are in a history
  public TaskReaper(boolean forgets) {
    this.forgets = forgets;
  }

  @Override
  public String name() {
    return "task-reaper";
  }

  @Override
  public List<Table<?>> watches() {
    return List.of(Tasks.TABLE, TaskProtections.TABLE, ClientTokens.TABLE);
  }

  @Override
  public List<Change> plan(State state, Dirty dirty, Moment moment) {
    List<Change> changes = new ArrayList<>();
    if (forgets) {
      tasks(state, dirty, moment.now(), changes);
    }
    protections(state, dirty, moment.now(), changes);
    for (Dirty.Touched<ClientToken> touched : dirty.rows(ClientTokens.TABLE)) {
      ClientToken token = state.find(ClientTokens.TABLE, touched.key());
      if (token != null && !token.expiresAt().isAfter(moment.now())) {
        changes.add(ClientTokens.TABLE.delete(token.key()));
      }
    }
    return changes;
  }

  private static void tasks(State state, Dirty dirty, Instant now, List<Change> changes) {
    SortedSet<String> clusters = new TreeSet<>();
    for (Dirty.Touched<Task> touched : dirty.rows(Tasks.TABLE)) {
      Task task = state.find(Tasks.TABLE, touched.key());
      if (task == null || !task.stopped()) {
        continue;
      }
      Instant stoppedAt = task.times().stoppedAt();
      if (stoppedAt != null && !Tasks.expiry(stoppedAt).isAfter(now)) {
        changes.add(Tasks.forget(task));
      } else {
        clusters.add(task.clusterKey());
      }
    }
    for (String cluster : clusters) {
      trim(state, cluster, changes);
    }
  }

  private static void protections(State state, Dirty dirty, Instant now, List<Change> changes) {
    if (state.count(TaskProtections.TABLE) == 0) {
      return;
    }
    SortedSet<String> keys = new TreeSet<>();
    dirty.rows(TaskProtections.TABLE).forEach(row -> keys.add(row.key()));
    dirty.rows(Tasks.TABLE).forEach(row -> keys.add(row.key()));
    for (String key : keys) {
      TaskProtection row = state.find(TaskProtections.TABLE, key);
      Task task = row == null ? null : state.find(Tasks.TABLE, key);
      if (row != null && (task == null || task.stopped() || !row.expiresAt().isAfter(now))) {
        changes.add(TaskProtections.forget(key));
      }
    }
  }

  private static void trim(State state, String cluster, List<Change> changes) {
    if (state.count(Tasks.STOPPED_BY_CLUSTER, cluster) <= STOPPED_MAX) {
      return;
    }
    List<Task> stopped = new ArrayList<>(state.rows(Tasks.STOPPED_BY_CLUSTER, cluster));
    stopped.sort(Comparator.comparing(TaskReaper::stoppedAt));
    for (Task task : stopped.subList(0, stopped.size() - STOPPED_AFTER_TRIM)) {
      Change forget = Tasks.forget(task);
      if (!changes.contains(forget)) {
        changes.add(forget);
      }
    }
  }

  static Instant stoppedAt(Task task) {
    Instant at = task.times().stoppedAt();
    return at == null ? task.times().createdAt() : at;
  }
}
