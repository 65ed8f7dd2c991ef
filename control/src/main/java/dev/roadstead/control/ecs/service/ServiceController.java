package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.AlarmStates;
import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.HookTask;
import dev.roadstead.control.ecs.table.HookTasks;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceBuilder;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskProtection;
import dev.roadstead.control.ecs.table.TaskProtections;
import dev.roadstead.control.ecs.table.TaskSet;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.table.ZoneCounts;
import dev.roadstead.engine.loop.Controller;
import dev.roadstead.engine.loop.Dirty;
import dev.roadstead.engine.loop.Draft;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Keeps the tasks of services: as many as wanted, of the newest deployment, healthy. Source: ECS
/// developer guide, "Amazon ECS services".
///
/// Each service that was touched is planned by {@link ServicePlan}; all that it remembers is in the
/// rows of `ecs.table`. One call starts and stops at most {@link Pace#STARTS_MAX} and
/// {@link Pace#STOPS_MAX} tasks; services left over are due again at once.
public final class ServiceController implements Controller {
  /// How long a task without health check must have been RUNNING to count as healthy. ECS waits 40
  /// s, a time made for load balancers; a process that can't start ends within moments, and what
  /// ends later is contained by {@link Trouble}.
  public static final Duration SETTLE = Duration.ofSeconds(3);

  /// How many services that wait for room are tried when some becomes free. The others are tried
  /// when these have used it, or when their own time comes.
  static final int RETRIES_MAX = 20;

  private final Duration settle;
  private final Census.Taker taker;

  public ServiceController() {
    this(SETTLE);
  }

  public ServiceController(Duration settle) {
    this(settle, Census::of);
  }

  ServiceController(Duration settle, Census.Taker taker) {
    this.settle = settle;
    this.taker = taker;
  }

  @Override
  public String name() {
    return "services";
  }

  @Override
  public List<Table<?>> watches() {
    return List.of(
        Services.TABLE,
        Tasks.TABLE,
        ContainerInstances.TABLE,
        TaskProtections.TABLE,
        TaskSets.TABLE,
        AlarmStates.TABLE);
  }

  @Override
  public List<Change> plan(State state, Dirty dirty, Moment moment) {
    Draft draft = new Draft(state);
    plan(draft, dirty, moment);
    return draft.changes();
  }

  @Override
  public void plan(Draft draft, Dirty dirty, Moment moment) {
    State state = draft.state();
    Set<String> touched = new LinkedHashSet<>();
    Set<String> freed = new LinkedHashSet<>();
    Instant now = moment.now();
    Awaited awaited = new Awaited(state, settle, now);
    for (Dirty.Touched<Service> row : dirty.rows(Services.TABLE)) {
      if (!awaited.delays(row)) {
        touched.add(row.key());
      }
    }
    for (Dirty.Touched<Task> row : dirty.rows(Tasks.TABLE)) {
      task(state, row, awaited, touched, freed);
    }
    var instances = dirty.rows(ContainerInstances.TABLE);
    instances.forEach(row -> instance(state, row, now, touched, freed));
    instances.forEach(row -> touched.addAll(uneven(state, row, instances.size())));
    for (Dirty.Touched<TaskSet> row : dirty.rows(TaskSets.TABLE)) {
      TaskSet latest = row.latest();
      if (latest != null) {
        touched.add(latest.serviceKey());
      }
    }
    for (Dirty.Touched<TaskProtection> row : dirty.rows(TaskProtections.TABLE)) {
      TaskProtection latest = row.latest();
      if (latest != null) {
        touched.add(latest.serviceKey());
      }
    }
    dirty
        .rows(AlarmStates.TABLE)
        .forEach(row -> touched.addAll(state.keys(Services.BY_ALARM, row.key())));
    Set<String> retried = new LinkedHashSet<>();
    for (String cluster : freed) {
      List<String> waiting = state.keys(Services.WAITING_BY_CLUSTER, cluster);
      retried.addAll(waiting.subList(0, Math.min(RETRIES_MAX, waiting.size())));
    }
    touched.addAll(retried);
    Pace pace = new Pace(settle, retried, touched.size(), taker);
    plan(draft, inTurn(state, touched), pace, moment);
  }

  /// Daemons are planned before all others, so that they have the room of a new instance. Of the
  /// others each is the first in its turn, so that none is left over again and again.
  private static Set<String> inTurn(State state, Set<String> touched) {
    Set<String> ordered = new LinkedHashSet<>();
    for (String key : touched) {
      Service service = state.find(Services.TABLE, key);
      if (service != null && service.daemon()) {
        ordered.add(key);
      }
    }
    List<String> others = new ArrayList<>(touched);
    if (!others.isEmpty()) {
      Collections.rotate(others, -(int) (state.position() % others.size()));
    }
    ordered.addAll(others);
    return ordered;
  }

  private static void plan(Draft draft, Set<String> touched, Pace pace, Moment moment) {
    for (String key : touched) {
      Service service = draft.state().find(Services.TABLE, key);
      if (service != null) {
        draft.add(plan(draft.state(), service, pace, moment));
      }
    }
  }

  private static List<Change> plan(State state, Service service, Pace pace, Moment moment) {
    if (service.external()) {
      return TaskSetPlan.changes(state, service, moment, pace);
    }
    Instant now = moment.now();
    Instant later = service.active() && !service.daemon() ? pace.putOff(now) : null;
    if (later == null) {
      return new ServicePlan(state, service, moment, pace).changes();
    }
    Instant known = service.wakeAt();
    return known != null && known.isAfter(now) && !known.isAfter(later)
        ? List.of()
        : Services.update(service, ServiceBuilder.builder(service).wakeAt(later).build());
  }

  private static void task(
      State state,
      Dirty.Touched<Task> row,
      Awaited awaited,
      Set<String> touched,
      Set<String> freed) {
    Task before = row.before();
    Task after = row.after();
    Task task = row.latest();
    if (task == null) {
      return;
    }
    String service = task.serviceKey();
    if (service != null
        && (before == null || after == null || differs(before, after))
        && !awaited.covers(row)) {
      touched.add(service);
    }
    HookTask hook = service == null ? state.find(HookTasks.TABLE, task.key()) : null;
    if (hook != null && task.stopped()) {
      touched.add(hook.serviceKey());
    }
    if (before != null && !before.stopped() && (after == null || after.stopped())) {
      freed.add(task.clusterKey());
      touched.addAll(Daemons.left(state, task));
    }
  }

  /// Which services may have to be rebalanced because an instance has come: all when it opens a
  /// zone, else those that wait for room in one.
  ///
  /// @param touched how many instances were touched with it, so that one of them was the first
  private static List<String> uneven(
      State state, Dirty.Touched<ContainerInstance> row, int touched) {
    ContainerInstance before = row.before();
    ContainerInstance after = row.after();
    if (after == null || !after.eligible() || (before != null && before.eligible())) {
      return List.of();
    }
    Attribute zone = after.attribute(ZoneCounts.ATTRIBUTE);
    String cluster = after.clusterKey();
    boolean opens =
        zone != null
            && zone.value() != null
            && state.value(ContainerInstances.ZONES, cluster).of(zone.value()) <= touched;
    return state.keys(opens ? Services.REBALANCED_BY_CLUSTER : Services.UNEVEN_BY_CLUSTER, cluster);
  }

  private static boolean differs(Task before, Task after) {
    return before.lastStatus() != after.lastStatus()
        || before.wanted() != after.wanted()
        || before.health() != after.health();
  }

  private static void instance(
      State state,
      Dirty.Touched<ContainerInstance> row,
      Instant now,
      Set<String> touched,
      Set<String> freed) {
    ContainerInstance before = row.before();
    ContainerInstance after = row.after();
    ContainerInstance instance = row.latest();
    if (instance == null) {
      return;
    }
    if (before == null
        || after == null
        || !before.status().equals(after.status())
        || before.lost(now)
        || after.lost(now)) {
      for (Task task : state.rows(Tasks.ALIVE_BY_INSTANCE, instance.key())) {
        String service = task.serviceKey();
        if (service != null) {
          touched.add(service);
        }
      }
    }
    if (Daemons.differs(before, after) || instance.lost(now)) {
      touched.addAll(Daemons.services(state, instance));
    }
    if (after != null && after.eligible()) {
      freed.add(instance.clusterKey());
    }
  }
}
