package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.AlarmWatch;
import dev.roadstead.control.ecs.table.HookRun;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.ServiceNotice;
import dev.roadstead.control.ecs.table.Shift;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When a service is looked at again though nothing is reported: the earliest of all times at which
/// its plan could differ. An earlier time that is stored already stays: waking early costs less
/// than writing the row.
final class Wake {
  private final Service service;
  private final Pace pace;
  private final Instant now;
  private @Nullable Instant earliest;

  Wake(Service service, Pace pace, Instant now) {
    this.service = service;
    this.pace = pace;
    this.now = now;
  }

  /// @param more whether work was left over
  @Nullable Instant at(
      Census census,
      ServiceDeployment primary,
      @Nullable Instant placementRetryAt,
      Chronicle chronicle,
      boolean more) {
    if (more) {
      add(Pace.soon(now));
    }
    int tasks = census.size();
    for (Member one : census.members()) {
      Instant ripe = Census.ripens(service, one, pace.settle());
      add(ripe == null ? null : Pace.rounded(ripe, tasks));
    }
    trouble(census, primary);
    add(primary.inProgress() ? primary.deadline() : null);
    Shift shift = primary.inProgress() ? primary.shift() : null;
    if (shift != null) {
      add(shift.nextAt());
      shift.hooks().stream().filter(run -> !run.ended()).forEach(this::add);
    }
    AlarmWatch watch = primary.alarms();
    add(watch == null ? null : watch.bakedAt());
    add(placementRetryAt);
    ServiceNotice steady = chronicle.told(ServiceNotice.Kind.STEADY);
    add(steady == null ? null : steady.at().plus(Chronicle.REPEAT));
    Instant stored = service.wakeAt();
    if (earliest == null) {
      return stored;
    }
    return stored != null && stored.isAfter(now) && !stored.isAfter(earliest) ? stored : earliest;
  }

  /// When trouble of a deployment ends, or lets it start tasks again.
  ///
  /// @param census with the tasks of that deployment as the newest
  void trouble(Census census, ServiceDeployment deployment) {
    List<Member> fresh = Rollout.fresh(census);
    add(Trouble.overAt(deployment, fresh, fresh.size() >= service.desiredCount()));
    add(deployment.nextStartAt());
  }

  private void add(HookRun run) {
    add(run.expiresAt());
    add(run.retryAt());
  }

  private void add(@Nullable Instant at) {
    if (at != null && at.isAfter(now) && (earliest == null || at.isBefore(earliest))) {
      earliest = at;
    }
  }
}
