package dev.roadstead.control.ecs.task;

import dev.roadstead.control.ecs.placement.Choice;
import dev.roadstead.control.ecs.placement.Placement;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.table.WaitingTask;
import dev.roadstead.control.ecs.table.WaitingTaskBuilder;
import dev.roadstead.control.ecs.table.WaitingTasks;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One look at the tasks that wait for one capacity provider.
final class WaitingRound {
  /// Tasks placed in one round; their rows' changes bring about the next.
  static final int PLACED_MAX = 100;

  /// The first in the order whose numbers are kept current: each costs a row.
  static final int CURRENT_MAX = 10;

  private final Moment moment;
  private final List<Change> changes = new ArrayList<>();

  /// Why tasks have no room, by what they ask.
  private final Map<String, Waits.Cause> without = new HashMap<>();

  private State state;
  private int placed;
  private int kept;

  WaitingRound(State state, Moment moment) {
    this.state = state;
    this.moment = moment;
  }

  /// @param group of {@link WaitingTasks#BY_PROVIDER}
  List<Change> changes(String group) {
    for (WaitingTask row : state.rows(WaitingTasks.BY_PROVIDER, group)) {
      Task task = state.find(Tasks.TABLE, row.taskKey());
      if (task == null || !task.wanted()) {
        apply(List.of(WaitingTasks.TABLE.delete(row.key())));
      } else if (placed < PLACED_MAX) {
        attempt(row, task);
      }
    }
    return changes;
  }

  private void attempt(WaitingTask row, Task task) {
    String asks =
        task.family()
            + ":"
            + task.revision()
            + task.group()
            + task.launchType()
            + task.overrides()
            + row.document();
    Waits.Cause cause = without.get(asks);
    if (cause == null) {
      cause = place(row, task);
      if (cause == null) {
        placed++;
        return;
      }
      without.put(asks, cause);
    }
    if (row.failsAt().isAfter(moment.now())) {
      keep(row, cause);
    } else {
      giveUp(row, task, cause);
    }
  }

  /// Source of the text: ECS developer guide, "API failure reasons".
  private void giveUp(WaitingTask row, Task task, Waits.Cause cause) {
    StopCause stop =
        new StopCause(StopCause.TASK_FAILED_TO_START, "TaskFailedToStart: " + cause.code());
    List<Change> ends = new ArrayList<>(Tasks.stop(task, stop, moment.now()));
    ends.add(WaitingTasks.TABLE.delete(row.key()));
    apply(ends);
  }

  private void keep(WaitingTask row, Waits.Cause cause) {
    boolean current = kept < CURRENT_MAX && !row.detail().equals(cause.detail());
    kept++;
    if (current || !row.cause().equals(cause.code())) {
      apply(
          List.of(
              WaitingTasks.TABLE.put(
                  WaitingTaskBuilder.builder(row)
                      .cause(cause.code())
                      .detail(cause.detail())
                      .build())));
    }
  }

  /// Places the task; yields why not when there is no room.
  private Waits.@Nullable Cause place(WaitingTask row, Task task) {
    Cluster cluster = state.find(Clusters.TABLE, task.clusterKey());
    TaskDefinition definition = state.find(TaskDefinitions.TABLE, task.taskDefinitionKey());
    if (cluster == null || definition == null) {
      return new Waits.Cause("ATTRIBUTE", "its task definition or cluster was deleted");
    }
    Launch launch = Launch.of(task, cluster, definition);
    Choice choice =
        Placement.place(
            state,
            launch.demand(task.reservation(), Waits.constraints(row), Waits.strategies(row)),
            1,
            moment.random());
    if (choice.chosen().isEmpty()) {
      return Waits.cause(state, launch, choice.vetoes());
    }
    List<Change> moves =
        new ArrayList<>(
            Tasks.update(
                task,
                launch.settled(task, choice.chosen().getFirst(), choice.gpuIds().getFirst())));
    moves.add(WaitingTasks.TABLE.delete(row.key()));
    apply(moves);
    return null;
  }

  private void apply(List<Change> some) {
    changes.addAll(some);
    state = state.with(some);
  }
}
