package dev.roadstead.control.ecs.table;

import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Index;
import dev.roadstead.engine.table.Table;
import java.util.List;

/// Tasks of lifecycle hooks, by task. The only maker of changes to them.
public final class HookTasks {
  public static final Table<HookTask> TABLE =
      Table.of("hook-tasks", HookTask.class, HookTask::taskKey);

  public static final Index<HookTask> BY_SERVICE =
      TABLE.index("by-service", row -> List.of(row.serviceKey()));

  private HookTasks() {}

  /// From the task's start on.
  public static Change follow(String serviceKey, String hookId, Task task) {
    return TABLE.put(new HookTask(task.key(), serviceKey, hookId));
  }

  /// The task has ended.
  public static Change leave(HookTask row) {
    return TABLE.delete(row.taskKey());
  }
}
