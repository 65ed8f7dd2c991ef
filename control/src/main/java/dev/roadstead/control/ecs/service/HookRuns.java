package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.placement.Choice;
import dev.roadstead.control.ecs.placement.Placement;
import dev.roadstead.control.ecs.placement.Veto;
import dev.roadstead.control.ecs.table.HookRun;
import dev.roadstead.control.ecs.table.HookRun.Status;
import dev.roadstead.control.ecs.table.HookRunBuilder;
import dev.roadstead.control.ecs.table.HookTask;
import dev.roadstead.control.ecs.table.HookTasks;
import dev.roadstead.control.ecs.table.Purpose;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceNotice.Kind;
import dev.roadstead.control.ecs.table.Shift;
import dev.roadstead.control.ecs.table.ShiftBuilder;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskContainer;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.task.Launch;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHook;

/// Runs the lifecycle hooks of one deployment in one plan: begins them, starts their tasks, and
/// takes their ends into account. A task whose essential containers all exit with code 0 has
/// succeeded.
final class HookRuns {
  private static final StopCause OVER =
      new StopCause(
          StopCause.SERVICE_SCHEDULER_INITIATED,
          "The deployment no longer waits for its hook",
          Purpose.HOOK_OVER.actor());

  private final Service service;
  private final Chronicle chronicle;
  private final Moment moment;
  private final List<Change> changes = new ArrayList<>();
  private State state;

  /// @param state with what the plan has changed so far
  HookRuns(State state, Service service, Chronicle chronicle, Moment moment) {
    this.state = state;
    this.service = service;
    this.chronicle = chronicle;
    this.moment = moment;
  }

  List<Change> changes() {
    return changes;
  }

  /// The shift with the runs of its stage as far as they are by now.
  Shift tend(Shift shift, DeploymentConfiguration configuration) {
    List<HookRun> before = shift.hooks().isEmpty() ? begin(shift, configuration) : shift.hooks();
    List<HookRun> after = new ArrayList<>();
    boolean unplaced = false;
    for (HookRun run : before) {
      HookRun next = run.ended() ? run : tend(run, shift, configuration);
      if (shift.back() && next.failure() != null && run.failure() == null) {
        chronicle.tell(Messages.hookFailed(next, shift.stage()) + ".");
      }
      unplaced |= !next.ended() && next.retryAt() != null;
      after.add(next);
    }
    if (!unplaced) {
      chronicle.clear(Kind.HOOK);
    }
    return ShiftBuilder.builder(shift).hooks(after).build();
  }

  private List<HookRun> begin(Shift shift, DeploymentConfiguration configuration) {
    Duration most = shift.back() ? Hooks.LONGEST_BACK : Hooks.LONGEST;
    return Hooks.begin(configuration, shift.stage(), most, moment);
  }

  private HookRun tend(HookRun run, Shift shift, DeploymentConfiguration configuration) {
    String key = run.taskKey();
    if (key != null) {
      Task task = state.find(Tasks.TABLE, key);
      if (task == null || task.stopped()) {
        return ended(run, task);
      }
    }
    if (!run.expiresAt().isAfter(moment.now())) {
      return HookRunBuilder.builder(run)
          .status(Status.TIMED_OUT)
          .failure("it did not complete before its timeout")
          .build();
    }
    Instant retry = run.retryAt();
    boolean starts = key == null && run.status() == Status.IN_PROGRESS;
    return starts && (retry == null || !retry.isAfter(moment.now()))
        ? start(run, shift, configuration)
        : run;
  }

  private HookRun start(HookRun run, Shift shift, DeploymentConfiguration configuration) {
    List<DeploymentLifecycleHook> hooks = configuration.lifecycleHooks();
    DeploymentLifecycleHook hook =
        run.hook() < hooks.size()
            ? hooks.get(run.hook())
            : DeploymentLifecycleHook.builder().build();
    Launch launch = HookLaunch.of(state, service, hook, run, shift);
    if (launch == null) {
      return failed(run, "its task definition is gone");
    }
    Choice choice = Placement.place(state, launch.demand(List.of(), List.of()), 1, moment.random());
    if (choice.chosen().isEmpty()) {
      chronicle.holds(
          Kind.HOOK, Messages.hookUnplaced(run, shift.stage(), Veto.event(choice.vetoes())));
      int tries = run.tries() + 1;
      Instant retry = moment.now().plus(Pace.placementDelay(tries));
      return HookRunBuilder.builder(run).tries(tries).retryAt(retry).build();
    }
    Task task = launch.task(choice.chosen().getFirst(), choice.gpuIds().getFirst(), moment);
    List<Change> some =
        List.of(Tasks.create(task), HookTasks.follow(service.key(), run.id(), task));
    changes.addAll(some);
    state = state.with(some);
    chronicle.tell(Messages.hookStarted(run, shift.stage(), task));
    return HookRunBuilder.builder(run).taskKey(task.key()).retryAt(null).build();
  }

  private static HookRun ended(HookRun run, @Nullable Task task) {
    if (task == null) {
      return failed(run, "its task is gone");
    }
    for (TaskContainer one : task.containers()) {
      Integer code = one.exitCode();
      if (one.essential() && code == null) {
        String why = one.reason() != null ? one.reason() : why(task);
        return failed(run, "container " + one.name() + " did not run: " + why + of(task));
      }
      if (one.essential() && code != null && code != 0) {
        return failed(run, "container " + one.name() + " exited with code " + code + of(task));
      }
    }
    return HookRunBuilder.builder(run).status(Status.SUCCEEDED).build();
  }

  private static String why(Task task) {
    StopCause stop = task.stop();
    return stop == null ? "Task stopped" : stop.reason();
  }

  private static String of(Task task) {
    return " (task " + task.id() + ")";
  }

  private static HookRun failed(HookRun run, String failure) {
    return HookRunBuilder.builder(run).status(Status.FAILED).failure(failure).build();
  }

  /// Stops tasks of hooks that nothing waits for any more, and forgets those that have ended.
  static List<Change> sweep(State state, Service service, Instant now) {
    List<HookTask> rows = state.rows(HookTasks.BY_SERVICE, service.key());
    if (rows.isEmpty()) {
      return List.of();
    }
    Set<String> awaited = new HashSet<>();
    Shift shift = service.active() ? service.primary().shift() : null;
    if (shift != null && service.primary().inProgress()) {
      shift.hooks().stream().filter(run -> !run.ended()).forEach(run -> awaited.add(run.id()));
    }
    List<Change> changes = new ArrayList<>();
    for (HookTask row : rows) {
      Task task = state.find(Tasks.TABLE, row.taskKey());
      if (task == null || task.stopped()) {
        changes.add(HookTasks.leave(row));
      } else if (task.wanted() && !awaited.contains(row.hookId())) {
        changes.addAll(Tasks.stop(task, OVER, now));
      }
    }
    return changes;
  }
}
