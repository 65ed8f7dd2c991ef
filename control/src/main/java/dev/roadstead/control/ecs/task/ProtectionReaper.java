package dev.roadstead.control.ecs.task;

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Forgets protections that have expired, and those of tasks that have stopped.
public final class ProtectionReaper implements Controller {
  @Override
  public String name() {
    return "protection-reaper";
  }

  @Override
  public List<Table<?>> watches() {
    return List.of(TaskProtections.TABLE, Tasks.TABLE);
  }

  @Override
  public List<Change> plan(State state, Dirty dirty, Moment moment) {
    Set<String> touched = new LinkedHashSet<>();
    dirty.rows(TaskProtections.TABLE).forEach(row -> touched.add(row.key()));
    for (Dirty.Touched<Task> row : dirty.rows(Tasks.TABLE)) {
      Task task = row.after();
      if (task == null || task.stopped()) {
        touched.add(row.key());
      }
    }
    return touched.stream()
        .filter(key -> over(state, key, moment))
        .map(TaskProtections::forget)
        .toList();
  }

  private static boolean over(State state, String key, Moment moment) {
    TaskProtection row = state.find(TaskProtections.TABLE, key);
    Task task = state.find(Tasks.TABLE, key);
    return row != null
        && (task == null || task.stopped() || !row.expiresAt().isAfter(moment.now()));
  }
}
