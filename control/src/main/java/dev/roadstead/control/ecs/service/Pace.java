package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// How much one plan may do, over all services, and at which pace.
final class Pace {
  /// The most tasks one plan starts: each is a placement over the cluster, and the writer serves
  /// nobody else meanwhile.
  static final int STARTS_MAX = 250;

  /// The most tasks one plan stops.
  static final int STOPS_MAX = 250;

  /// The most tasks a service starts in a minute. Source: ECS quotas, tasks launched per service
  /// per minute on EC2.
  static final int LAUNCHES_PER_MINUTE = 250;

  private static final Duration LAUNCH_WINDOW = Duration.ofMinutes(1);

  /// Placement that failed is tried again after 5 s, then twice that and so on. What makes room (a
  /// task that ends, an instance that comes) does not wait for it, so this is only a safety net.
  private static final Duration PLACEMENT_DELAY = Duration.ofSeconds(5);

  private static final Duration PLACEMENT_DELAY_MAX = Duration.ofMinutes(2);

  private final Duration settle;
  private final Set<String> retried;
  private int startsLeft = STARTS_MAX;
  private int stopsLeft = STOPS_MAX;

  /// @param settle how long a task without health check must have been RUNNING to count as healthy
  /// @param retried keys of services whose placement may succeed now
  Pace(Duration settle, Set<String> retried) {
    this.settle = settle;
    this.retried = retried;
  }

  /// The next instant: for work that is left over.
  static Instant soon(Instant now) {
    return now.plusMillis(1);
  }

  static Duration placementDelay(int failures) {
    Duration delay = PLACEMENT_DELAY;
    for (int i = 1; i < failures && delay.compareTo(PLACEMENT_DELAY_MAX) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(PLACEMENT_DELAY_MAX) < 0 ? delay : PLACEMENT_DELAY_MAX;
  }

  Duration settle() {
    return settle;
  }

  boolean retries(Service service) {
    return retried.contains(service.key());
  }

  int stopsLeft() {
    return stopsLeft;
  }

  /// As many of these stops as may still be made.
  int takeStops(int wanted) {
    int taken = Math.min(wanted, stopsLeft);
    stopsLeft -= taken;
    return taken;
  }

  /// As many of these starts as may still be made.
  int takeStarts(int wanted) {
    int taken = Math.min(wanted, startsLeft);
    startsLeft -= taken;
    return taken;
  }

  /// How many tasks the service may start now, by its launch rate. Tasks that ended already are not
  /// counted: what ends early is slowed down by {@link Trouble}.
  int launches(Census census, Instant now) {
    long recent =
        census.members().stream()
            .filter(one -> launchedAt(one).plus(LAUNCH_WINDOW).isAfter(now))
            .count();
    return (int) Math.max(0, LAUNCHES_PER_MINUTE - recent);
  }

  /// When the launch rate next lets a task start.
  static Instant launchable(Member one) {
    return launchedAt(one).plus(LAUNCH_WINDOW);
  }

  private static Instant launchedAt(Member one) {
    return one.task().times().createdAt();
  }
}
