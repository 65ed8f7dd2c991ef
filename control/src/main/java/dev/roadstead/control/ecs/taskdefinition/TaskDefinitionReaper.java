package dev.roadstead.control.ecs.taskdefinition;

import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.loop.Controller;
import dev.roadstead.engine.loop.Dirty;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Table;
import java.util.List;

/// Forgets revisions in DELETE_IN_PROGRESS once no task that runs and no service refers to them.
public final class TaskDefinitionReaper implements Controller {
  /// How many are forgotten in one plan; the next plan takes more.
  private static final int BATCH_MAX = 100;

  @Override
  public String name() {
    return "task-definition-reaper";
  }

  @Override
  public List<Table<?>> watches() {
    return List.of(TaskDefinitions.TABLE, Tasks.TABLE, Services.TABLE, TaskSets.TABLE);
  }

  @Override
  public List<Change> plan(State state, Dirty dirty, Moment moment) {
    if (state.count(TaskDefinitions.DELETING, TaskDefinitions.DELETING_KEY) == 0) {
      return List.of();
    }
    return state.rows(TaskDefinitions.DELETING, TaskDefinitions.DELETING_KEY).stream()
        .filter(row -> free(state, row))
        .limit(BATCH_MAX)
        .map(TaskDefinitions::forget)
        .toList();
  }

  private static boolean free(State state, TaskDefinition row) {
    return state.value(Tasks.BY_DEFINITION, row.key()) == 0
        && state.count(Services.BY_DEFINITION, row.key()) == 0
        && state.count(TaskSets.BY_DEFINITION, row.key()) == 0;
  }
}
