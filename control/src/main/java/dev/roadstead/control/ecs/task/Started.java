package dev.roadstead.control.ecs.task;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.placement.Choice;
import dev.roadstead.control.ecs.placement.Constraint;
import dev.roadstead.control.ecs.placement.Placement;
import dev.roadstead.control.ecs.placement.Strategy;
import dev.roadstead.control.ecs.placement.Veto;
import dev.roadstead.control.ecs.table.CapacityProvider;
import dev.roadstead.control.ecs.table.CapacityProviders;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.table.WaitingTask;
import dev.roadstead.control.ecs.table.WaitingTasks;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

/// What one RunTask starts: placed tasks, tasks that wait for room on a capacity provider with
/// managed scaling, and why the others could not be placed. Lives no longer than the call.
final class Started {
  private final Moment moment;
  private final RunTaskRequest request;
  private final List<Task> tasks = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<Veto> vetoes = new ArrayList<>();

  /// With the first {@link #applied} of the changes.
  private State state;

  private int applied;
  private boolean waiting;

  Started(State state, RunTaskRequest request, Moment moment) {
    this.state = state;
    this.moment = moment;
    this.request = request;
  }

  List<Task> tasks() {
    return tasks;
  }

  List<Change> changes() {
    return changes;
  }

  List<Veto> vetoes() {
    return vetoes;
  }

  /// Whether a task waits, so that its answer needs rows that only {@link #after} has.
  boolean waiting() {
    return waiting;
  }

  /// The state with the changes so far. Applying them costs as much as placing, so nobody asks who
  /// need not.
  State after() {
    if (applied < changes.size()) {
      state = state.with(changes.subList(applied, changes.size()));
      applied = changes.size();
    }
    return state;
  }

  /// Places tasks of that launch, each seeing the ones before it.
  void place(Launch launch, List<Constraint> constraints, List<Strategy> strategies, int count) {
    if (count == 0) {
      return;
    }
    boolean waits = waits(launch);
    Choice choice =
        Placement.place(after(), launch.demand(constraints, strategies), count, moment.random());
    for (int i = 0; i < choice.chosen().size(); i++) {
      add(launch.task(choice.chosen().get(i), choice.gpuIds().get(i), moment));
    }
    int left = count - choice.chosen().size();
    if (left > 0 && !waits) {
      vetoes.addAll(choice.vetoes());
    } else if (left > 0) {
      Waits.Cause cause = Waits.cause(after(), launch, choice.vetoes());
      for (int i = 0; i < left; i++) {
        wait(launch, cause);
      }
    }
  }

  /// Whether what has no room waits. Refuses a provider that has no instance and asks for none.
  private boolean waits(Launch launch) {
    String name = launch.capacityProviderName();
    if (name == null) {
      return false;
    }
    CapacityProvider provider = CapacityProviders.require(state, launch.cluster().scope(), name);
    String group = ContainerInstances.providerGroup(launch.cluster().key(), name);
    if (!provider.managedScaling() && state.count(ContainerInstances.BY_PROVIDER, group) == 0) {
      throw EcsErrors.invalidParameter(
          "No Container Instances were found in your capacity provider.");
    }
    return provider.managedScaling();
  }

  private void wait(Launch launch, Waits.Cause cause) {
    int others = after().count(WaitingTasks.BY_CLUSTER, launch.cluster().key());
    if (others >= WaitingTasks.PER_CLUSTER_MAX) {
      throw EcsErrors.client("The tasks provisioning capacity limit was exceeded.");
    }
    Task task = launch.waiting(moment);
    WaitingTask row = Waits.row(task, Waits.document(request), cause, moment.now(), tasks.size());
    add(task);
    changes.add(WaitingTasks.TABLE.put(row));
    waiting = true;
  }

  private void add(Task task) {
    tasks.add(task);
    changes.add(Tasks.create(task));
  }
}
