package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.placement.Strategies;
import dev.roadstead.control.ecs.table.DeploymentRecord;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceBuilder;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.ServiceDeploymentBuilder;
import dev.roadstead.control.ecs.table.ServiceNotice.Kind;
import dev.roadstead.control.ecs.table.ServiceTask;
import dev.roadstead.control.ecs.table.ServiceTasks;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Shift;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is decided about one service in one plan.
final class ServicePlan {
  private final State state;
  private final Function<Service, List<Change>> store;
  private final Service before;
  private final Moment moment;
  private final Instant now;
  private final Pace pace;
  private final Census census;
  private final @Nullable Daemons daemons;
  private final Chronicle chronicle;
  private final List<Change> changes = new ArrayList<>();
  private final List<ServiceDeployment> deployments;
  private final @Nullable ServiceDeployment old;
  private @Nullable Task lastFailed;

  ServicePlan(State state, Service service, Moment moment, Pace pace) {
    this(state, service, moment, pace, after -> Services.update(service, after));
  }

  /// @param store how what was decided about the service is stored
  ServicePlan(
      State state,
      Service service,
      Moment moment,
      Pace pace,
      Function<Service, List<Change>> store) {
    this.state = state;
    this.store = store;
    this.moment = moment;
    this.now = moment.now();
    this.pace = pace;
    this.census = pace.census(state, service, now);
    this.daemons = service.daemon() ? Daemons.of(state, service, census, now) : null;
    this.before =
        daemons == null
            ? service
            : ServiceBuilder.builder(service).desiredCount(daemons.desired()).build();
    this.chronicle = new Chronicle(service, moment);
    this.deployments = new ArrayList<>(service.deployments());
    this.old = Shifting.old(service);
  }

  List<Change> changes() {
    changes.addAll(HookRuns.sweep(state, before, now));
    if (before.inactive()) {
      changes.addAll(Endings.forget(state, before, now));
      return changes;
    }
    takeEnds();
    buryLost();
    ServiceBuilder next = ServiceBuilder.builder(before);
    if (before.draining()) {
      drain(next);
    } else {
      keep(next);
    }
    next.room(daemons == null ? null : daemons.room()).notices(chronicle.notices());
    changes.addAll(store.apply(next.build()));
    changes.addAll(chronicle.changes(state));
    return changes;
  }

  /// Takes the end of each task into account, once.
  private void takeEnds() {
    for (Census.Ended ended : pace.takeMarks(census.ended())) {
      changes.add(ServiceTasks.leave(ended.followed()));
      Task task = ended.task();
      if (task == null) {
        continue;
      }
      boolean proven = ended.followed().proven();
      change(ended.followed().deploymentId(), one -> Trouble.after(one, task, proven, now));
      if (Trouble.failed(task)) {
        lastFailed = task;
      }
    }
  }

  private void buryLost() {
    List<Task> lost = census.lost();
    changes.addAll(Endings.bury(lost.subList(0, pace.takeStops(lost.size())), now));
  }

  /// Whether there may be more to do than this plan had room for.
  private boolean full() {
    return pace.stopsLeft() == 0 || pace.markedOut();
  }

  /// A deleted service: its tasks stop; it is INACTIVE when none is left.
  private void drain(ServiceBuilder next) {
    List<Member> stops = census.members();
    stop(stops.subList(0, pace.takeStops(stops.size())));
    if (full()) {
      next.wakeAt(Pace.soon(now));
    }
    if (stops.isEmpty()
        && census.stopping().isEmpty()
        && census.lost().isEmpty()
        && census.away().isEmpty()) {
      Endings.inactive(next, before, now);
    }
  }

  private void keep(ServiceBuilder next) {
    prove();
    changes.addAll(Absence.begins(census, pace));
    endTrouble();
    if (setsBack(next)) {
      return;
    }
    boolean holds = old != null && Shifting.holds(primary());
    Side kept = old == null ? Side.NONE : keepOld(old.id(), holds);
    Census side = holds ? census.held() : old == null ? census : census.without(old.id());
    List<Member> fresh = Rollout.fresh(side);
    Side own = holds ? Side.NONE : keepNewest(side, fresh);
    Rollout rollout = holds ? kept.rollout : own.rollout;
    placement(next, kept, own);
    changes.addAll(Absence.ends(census, rollout, fresh, before.desiredCount(), pace));
    boolean scaled = !holds && settled(rollout, side, fresh);
    boolean watched = scaled && Shifting.bakes(primary()) && baked();
    boolean settled = watched && Shifting.over(primary());
    shift(scaled);
    if (settled && deployments.size() == 1 && !primary().inProgress()) {
      rebalance(fresh);
    }
    deployments(next, settled, !own.starts.tasks().isEmpty() || !rollout.stops().isEmpty());
    notices(rollout, settled);
    boolean more = kept.leftOver() || own.leftOver() || full();
    wake(next, more);
  }

  private void rebalance(List<Member> fresh) {
    if (Trouble.allowed(primary(), fresh, now) > 0) {
      Census all = before.rebalanced() ? Census.whole(state, before, pace.settle(), now) : census;
      changes.addAll(Rebalancing.step(state, before, all, chronicle, moment));
    }
  }

  /// What is done about the tasks of a deployment.
  ///
  /// @param tried how many of the rollout's starts were tried now
  private record Side(Rollout rollout, Starts starts, int tried) {
    static final Side NONE = new Side(Rollout.NONE, Starts.NONE, 0);

    boolean leftOver() {
      return tried < rollout.starts();
    }
  }

  private Side keepNewest(Census side, List<Member> fresh) {
    boolean waiting = waitsForPlacement() || primary().stalled() || holdsBack();
    int allowed = waiting ? 0 : Trouble.allowed(primary(), fresh, now);
    int stopsMax = Math.min(pace.stopsLeft(), Pace.STOPS_MAX);
    Rollout rollout =
        daemons == null
            ? Rollout.of(
                Rebalancing.counted(before, fresh, chronicle),
                side,
                victims(side),
                allowed,
                stopsMax)
            : daemons.rollout(allowed, stopsMax);
    return carryOut(rollout, before);
  }

  /// Whether the deployment is at a stage before its tasks come up.
  private boolean holdsBack() {
    Shift shift = primary().shift();
    return shift != null && !shift.scales() && primary().inProgress();
  }

  /// While traffic moves, the tasks that have it are kept as if nothing else were there. While a
  /// rolling update is held, all that are there count, and what lacks is of that deployment.
  private Side keepOld(String id, boolean holds) {
    ServiceDeployment kept = deployment(id);
    Census side = holds ? census.held() : census.only(id);
    Service alone = ServiceBuilder.builder(before).deployments(List.of(kept)).build();
    int allowed = waitsForPlacement() ? 0 : Trouble.allowed(kept, Rollout.fresh(side), now);
    int stopsMax = Math.min(pace.stopsLeft(), Pace.STOPS_MAX);
    return carryOut(Rollout.of(alone, side, victims(side), allowed, stopsMax), alone);
  }

  /// @param service as the side sees it: what is started is of its primary deployment
  private Side carryOut(Rollout rollout, Service service) {
    pace.takeStops(rollout.stops().size());
    stop(rollout.stops());
    int count = pace.takeStarts(rollout.starts(), census.size());
    Starts starts = starts(service, count);
    start(starts, rollout, service.primary().id());
    return new Side(rollout, starts, count);
  }

  private void wake(ServiceBuilder next, boolean more) {
    Wake wake = new Wake(before, pace, now);
    if (old != null) {
      wake.trouble(census.only(old.id()), deployment(old.id()));
    }
    next.wakeAt(wake.at(census, primary(), next.placementRetryAt(), chronicle, more));
  }

  /// Whether the deployment that goes on has failed. Then what becomes of it is all that is decided
  /// now: the next plan, at once, sees another primary deployment.
  private boolean setsBack(ServiceBuilder next) {
    Service counted = ServiceBuilder.builder(before).deployments(deployments).build();
    Setback.Cause cause = Setback.due(state, counted, now);
    if (cause == null) {
      return false;
    }
    Setback setback = Setback.of(state, counted, cause, now);
    deployments.clear();
    deployments.addAll(setback.deployments());
    changes.addAll(setback.changes());
    setback.events().forEach(chronicle::tell);
    chronicle.clear(Kind.PLACEMENT);
    chronicle.clear(Kind.IMPAIRED);
    next.deployments(deployments)
        .placementFailures(0)
        .placementRetryAt(null)
        .wakeAt(Pace.soon(now));
    return true;
  }

  private Starts starts(Service service, int count) {
    if (count == 0) {
      return Starts.NONE;
    }
    return daemons == null
        ? Starts.of(old == null ? state : state.with(changes), service, count, moment)
        : daemons.starts(count, moment);
  }

  /// Moves traffic on. The next plan, which comes at once, sees what follows from it.
  private void shift(boolean scaled) {
    if (Shifting.over(primary())) {
      chronicle.clear(Kind.HOOK);
      return;
    }
    HookRuns hooks = new HookRuns(state.with(changes), before, chronicle, moment);
    change(primary().id(), one -> Shifting.advance(one, before, scaled, hooks, now));
    changes.addAll(hooks.changes());
  }

  /// Whether a rolling update that is otherwise complete was watched by its alarms for long enough.
  private boolean baked() {
    change(primary().id(), one -> Alarms.complete(state, before.scope(), one, now));
    return Alarms.baked(primary(), now);
  }

  private ServiceDeployment primary() {
    return deployments.getFirst();
  }

  private ServiceDeployment deployment(String id) {
    return deployments.stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  /// Remembers tasks that have become healthy: such a one ends AWS's count of failed tasks.
  private void prove() {
    List<Member> healthy =
        census.members().stream()
            .filter(one -> one.is(Member.Condition.HEALTHY) && !one.followed().proven())
            .toList();
    for (Member one : pace.takeMarks(healthy)) {
      changes.add(ServiceTasks.prove(one.followed()));
      change(
          one.followed().deploymentId(),
          deployment ->
              ServiceDeploymentBuilder.builder(deployment)
                  .failedTasks(0)
                  .failures(healed(deployment))
                  .build());
    }
  }

  /// What is left of a circuit breaker's count once a task is healthy.
  private int healed(ServiceDeployment deployment) {
    int failures = deployment.failures();
    return failures == 0 || Breaker.of(before).resets() ? 0 : failures;
  }

  private void endTrouble() {
    endTrouble(primary(), Rollout.fresh(census));
    if (old != null) {
      endTrouble(deployment(old.id()), Rollout.fresh(census.only(old.id())));
    }
  }

  private void endTrouble(ServiceDeployment one, List<Member> fresh) {
    Instant over = Trouble.overAt(one, fresh, fresh.size() >= before.desiredCount());
    if (over != null && !over.isAfter(now)) {
      change(one.id(), Trouble::over);
    }
  }

  private boolean waitsForPlacement() {
    Instant retry = before.placementRetryAt();
    return retry != null && retry.isAfter(now) && !pace.retries(before);
  }

  private Victims victims(Census side) {
    return new Victims(
        state, side.members(), () -> Strategies.of(ServiceDocument.of(before).placementStrategy()));
  }

  private void stop(List<Member> members) {
    boolean moving = chronicle.told(Kind.REBALANCING) != null;
    Stops stops = Stops.of(before, members, moving, now);
    changes.addAll(stops.changes());
    stops.events().forEach(chronicle::tell);
  }

  private void start(Starts starts, Rollout rollout, String deploymentId) {
    for (Task task : starts.tasks()) {
      changes.add(Tasks.create(task));
      changes.add(ServiceTasks.follow(before.key(), deploymentId, task));
    }
    if (!starts.tasks().isEmpty()) {
      int replacing = Math.min(rollout.replacing(), starts.tasks().size());
      chronicle.tell(Messages.started(starts.tasks(), replacing));
    }
  }

  /// Whether placement failed, and when it is tried again.
  private void placement(ServiceBuilder next, Side kept, Side own) {
    Starts both = own.starts.and(kept.starts);
    String failure = both.failure();
    int tried = kept.tried + own.tried;
    int missing = kept.rollout.missing() + own.rollout.missing();
    if (failure != null) {
      chronicle.holds(Kind.PLACEMENT, failure, both.numbers());
      Instant retry = before.placementRetryAt();
      if (retry == null || !retry.isAfter(now)) {
        int failures = before.placementFailures() + 1;
        next.placementFailures(failures).placementRetryAt(now.plus(Pace.placementDelay(failures)));
      }
    } else if (tried > 0 || missing == 0) {
      chronicle.clear(Kind.PLACEMENT);
      next.placementFailures(0).placementRetryAt(null);
    }
  }

  /// Whether everything is as wanted: the count, one deployment, every task healthy, no trouble.
  private boolean settled(Rollout rollout, Census side, List<Member> fresh) {
    return rollout.stops().isEmpty()
        && rollout.missing() == 0
        && fresh.size() + side.calm() == before.desiredCount()
        && side.members().stream().filter(one -> Daemons.counts(before, one)).count()
            == fresh.size()
        && census.lost().isEmpty()
        && fresh.stream().allMatch(one -> one.is(Member.Condition.HEALTHY))
        && census.stopping().stream().allMatch(one -> one.deploymentId().equals(primary().id()))
        && primary().trouble() == 0;
  }

  private void deployments(ServiceBuilder next, boolean settled, boolean moved) {
    String id = primary().id();
    change(id, this::announced);
    if (moved) {
      change(id, one -> ServiceDeploymentBuilder.builder(one).updatedAt(now).build());
    }
    DeploymentRecord record = History.find(state, before, primary());
    if (record != null) {
      changes.addAll(History.takenUp(record, now));
    }
    if (settled && primary().inProgress()) {
      if (record != null) {
        changes.addAll(History.completed(state, before, record, now));
      }
      change(id, one -> one.completed(now));
      chronicle.tell(Messages.completed(id));
    }
    Set<String> present =
        census.members().stream()
            .map(Member::followed)
            .map(ServiceTask::deploymentId)
            .collect(Collectors.toSet());
    census.stopping().forEach(one -> present.add(one.deploymentId()));
    if (old != null) {
      present.add(old.id());
    }
    deployments.removeIf(one -> !one.id().equals(id) && !present.contains(one.id()));
    next.deployments(deployments);
  }

  private ServiceDeployment announced(ServiceDeployment one) {
    Instant deadline = one.deadline();
    return ServiceDeploymentBuilder.builder(one)
        .announced(true)
        .deadline(deadline == null ? now.plus(ServiceDeployment.LASTS_MAX) : deadline)
        .build();
  }

  private void notices(Rollout rollout, boolean settled) {
    if (primary().trouble() >= Trouble.LASTING) {
      chronicle.lasts(Kind.IMPAIRED, Messages.impaired(lastFailed));
    } else if (primary().trouble() == 0) {
      chronicle.clear(Kind.IMPAIRED);
    }
    Obstacles.tell(chronicle, primary().id(), rollout, census.members(), deployments.size() > 1);
    if (settled) {
      chronicle.holds(Kind.STEADY, Messages.steady());
    } else {
      chronicle.clear(Kind.STEADY);
    }
  }

  private void change(String id, UnaryOperator<ServiceDeployment> step) {
    deployments.replaceAll(one -> one.id().equals(id) ? step.apply(one) : one);
  }
}
