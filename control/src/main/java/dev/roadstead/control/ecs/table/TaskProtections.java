package dev.roadstead.control.ecs.table;

import dev.roadstead.base.Invariant;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Index;
import dev.roadstead.engine.table.Table;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Protected tasks, by the task's key. Due when they expire; one that has expired counts no longer,
/// whether or not it is forgotten yet.
public final class TaskProtections {
  public static final Table<TaskProtection> TABLE =
      Table.of("task-protections", TaskProtection.class, TaskProtection::taskKey);

  public static final Index<TaskProtection> BY_SERVICE =
      TABLE.index("by-service", row -> List.of(row.serviceKey()));

  public static final Index<TaskProtection> BY_CLUSTER =
      TABLE.index("by-cluster", row -> List.of(row.clusterKey()));

  static {
    TABLE.dueAt(TaskProtection::expiresAt);
    TABLE.feeds(Crowds.VIEW, Crowds::protection);
  }

  private TaskProtections() {}

  /// When the task's protection ends, or null when it has none now.
  public static @Nullable Instant expiry(State state, Task task, Instant now) {
    TaskProtection row = state.find(TABLE, task.key());
    return row != null && row.expiresAt().isAfter(now) ? row.expiresAt() : null;
  }

  /// The keys of a service's tasks that are protected now.
  public static Set<String> of(State state, String serviceKey, Instant now) {
    if (state.count(BY_SERVICE, serviceKey) == 0) {
      return Set.of();
    }
    Set<String> keys = new HashSet<>();
    for (TaskProtection row : state.rows(BY_SERVICE, serviceKey)) {
      if (row.expiresAt().isAfter(now)) {
        keys.add(row.taskKey());
      }
    }
    return keys;
  }

  /// Protects a task of a service until then, in place of what was before.
  public static Change protect(Task task, Instant until) {
    String service = task.serviceKey();
    Invariant.check(service != null, "only a task of a service is protected");
    return TABLE.put(
        new TaskProtection(task.key(), service == null ? "" : service, task.clusterKey(), until));
  }

  /// Ends the protection of a task.
  public static Change forget(String taskKey) {
    return TABLE.delete(taskKey);
  }
}
