package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// How much one plan may do, over all services, and at which pace.
final class Pace {
  /// The most tasks one plan starts: each is a placement over the cluster, and the writer serves
  /// nobody else meanwhile. There is no other brake: what ends early is slowed down by
  /// {@link Trouble}, and agents start what they are sent at their own pace. (ECS itself starts at
  /// most 250 tasks a minute of a service.)
  static final int STARTS_MAX = 500;

  /// Of many services, each may start at least so many in its turn: to look at a service costs as
  /// much as a few starts.
  static final int SHARE_MIN = 10;

  /// The most tasks one plan stops.
  static final int STOPS_MAX = 250;

  /// A service with more tasks than this is not looked at for each of them.
  private static final int FEW = 100;

  /// How seldom it is, for each of its tasks: a service of 5,000 at most once a second.
  private static final long GRAIN_MICROS = 200;

  /// Placement that failed is tried again after 5 s, then twice that and so on. What makes room (a
  /// task that ends, an instance that comes) does not wait for it, so this is only a safety net.
  private static final Duration PLACEMENT_DELAY = Duration.ofSeconds(5);

  private static final Duration PLACEMENT_DELAY_MAX = Duration.ofMinutes(2);

  private final Duration settle;
  private final Set<String> retried;
  private final int share;
  private int startsLeft = STARTS_MAX;
  private int stopsLeft = STOPS_MAX;

  /// @param settle how long a task without health check must have been RUNNING to count as healthy
  /// @param retried keys of services whose placement may succeed now
  /// @param services how many are planned at this pace: each gets a share of the starts
  Pace(Duration settle, Set<String> retried, int services) {
    this.settle = settle;
    this.retried = retried;
    this.share = Math.max(SHARE_MIN, STARTS_MAX / Math.max(1, services));
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

  /// As many of these starts of one service as may still be made.
  int takeStarts(int wanted) {
    int taken = Math.min(wanted, Math.min(startsLeft, share));
    startsLeft -= taken;
    return taken;
  }

  /// When a service of so many tasks is looked at for what happens at that time: a little later,
  /// so that one look serves many of its tasks.
  static Instant rounded(Instant at, int tasks) {
    if (tasks <= FEW) {
      return at;
    }
    long grainMillis = Math.max(1, tasks * GRAIN_MICROS / 1_000);
    return Instant.ofEpochMilli((at.toEpochMilli() / grainMillis + 1) * grainMillis);
  }
}
