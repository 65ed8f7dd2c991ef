package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceBuilder;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.ServiceNotice;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.TaskSet;
import dev.roadstead.control.ecs.table.TaskSetBuilder;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What is decided about a service with the EXTERNAL controller: each of its task sets is kept like
/// a service of its own that has one deployment for ever.
final class TaskSetPlan {
  private TaskSetPlan() {}

  static List<Change> changes(State state, Service service, Moment moment, Pace pace) {
    if (service.inactive()) {
      return new ServicePlan(state, service, moment, pace).changes();
    }
    List<Change> changes = new ArrayList<>();
    State working = state;
    for (TaskSet set : state.rows(TaskSets.BY_SERVICE, service.key())) {
      List<Change> some =
          new ServicePlan(
                  working,
                  view(service, set),
                  moment,
                  pace,
                  after -> store(set, after, moment.now()))
              .changes();
      working = working.with(some);
      changes.addAll(some);
    }
    changes.addAll(Services.update(service, after(working, service, moment.now())));
    return changes;
  }

  /// The task set as a service.
  static Service view(Service service, TaskSet set) {
    boolean drains = service.draining() || set.draining();
    return ServiceBuilder.builder(service)
        .status(drains ? Service.DRAINING : Service.ACTIVE)
        .desiredCount(drains ? 0 : set.computedDesiredCount(service.desiredCount()))
        .launchType(set.launchType())
        .strategy(set.strategy())
        .deployments(List.of(set.deployment()))
        .notices(set.notices())
        .placementFailures(set.placementFailures())
        .placementRetryAt(set.placementRetryAt())
        .wakeAt(set.wakeAt())
        .build();
  }

  /// What was decided about the view, in the task set's row.
  private static List<Change> store(TaskSet set, Service after, Instant now) {
    if (after.inactive()) {
      TaskSet drained = TaskSetBuilder.builder(set).status(TaskSet.DRAINING).build();
      return List.of(TaskSets.forget(drained));
    }
    ServiceDeployment deployment = after.primary();
    boolean steady =
        after.notices().stream().anyMatch(one -> one.kind() == ServiceNotice.Kind.STEADY);
    return TaskSets.update(
        set,
        TaskSetBuilder.builder(set)
            .deployment(deployment)
            .notices(after.notices())
            .placementFailures(after.placementFailures())
            .placementRetryAt(after.placementRetryAt())
            .wakeAt(after.wakeAt())
            .steady(steady)
            .steadyAt(steady == set.steady() ? set.steadyAt() : now)
            .build());
  }

  /// The service once its task sets are planned: it waits for room when one of them does, and is
  /// INACTIVE when it is deleted and none is left.
  private static Service after(State state, Service service, Instant now) {
    List<TaskSet> sets = state.rows(TaskSets.BY_SERVICE, service.key());
    ServiceBuilder next = ServiceBuilder.builder(service);
    if (service.draining() && sets.isEmpty()) {
      return next.status(Service.INACTIVE).inactiveAt(now).placementRetryAt(null).build();
    }
    return next.placementRetryAt(
            service.draining()
                ? null
                : sets.stream()
                    .map(TaskSet::placementRetryAt)
                    .filter(Objects::nonNull)
                    .min(Instant::compareTo)
                    .orElse(null))
        .build();
  }
}
