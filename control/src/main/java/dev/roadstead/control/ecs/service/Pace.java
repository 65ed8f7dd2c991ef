package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.engine.root.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /// The most rows one plan writes of what it found out about tasks: that they are healthy, lost,
  /// back or ended. Ten thousand tasks may become healthy at the same moment, and one entry of the
  /// log is bounded; these rows have some 100 bytes each.
  static final int MARKS_MAX = 4_000;

  /// A service with more tasks than this is not looked at for each of them.
  private static final int FEW = 100;

  /// How seldom it is, for each of its tasks: a service of 5,000 every two seconds.
  private static final long GRAIN_MICROS = 400;

  /// To look at so many tasks costs about as much as to start one. A service that is looked at
  /// starts at least as many.
  private static final int TASKS_PER_START = 16;

  /// Services that are put off to the same time.
  private static final int PUT_OFF_AT_ONCE = 4;

  private static final Duration PUT_OFF = Duration.ofMillis(10);

  /// Placement that failed is tried again after 5 s, then twice that and so on. What makes room (a
  /// task that ends, an instance that comes) does not wait for it, so this is only a safety net.
  private static final Duration PLACEMENT_DELAY = Duration.ofSeconds(5);

  private static final Duration PLACEMENT_DELAY_MAX = Duration.ofMinutes(2);

  private final Duration settle;
  private final Set<String> retried;
  private final Census.Taker taker;
  private final int share;
  private int startsLeft = STARTS_MAX;
  private int stopsLeft = STOPS_MAX;
  private int marksLeft = MARKS_MAX;
  private int putOff;

  /// @param settle how long a task without health check must have been RUNNING to count as healthy
  /// @param retried keys of services whose placement may succeed now
  /// @param services how many are planned at this pace: each gets a share of the starts
  Pace(Duration settle, Set<String> retried, int services) {
    this(settle, retried, services, Census::of);
  }

  /// @param taker how the tasks of a service are looked at
  Pace(Duration settle, Set<String> retried, int services, Census.Taker taker) {
    this.taker = taker;
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

  /// The tasks of a service as they are now.
  Census census(State state, Service service, Instant now) {
    return taker.take(state, service, settle, now);
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

  /// Whether this plan has no room for another mark, so that some may be left over.
  boolean markedOut() {
    return marksLeft == 0;
  }

  /// The first of these that may still be marked.
  <T> List<T> takeMarks(List<T> wanted) {
    int taken = Math.min(wanted.size(), marksLeft);
    marksLeft -= taken;
    return wanted.subList(0, taken);
  }

  /// As many of these starts of one service as may still be made.
  ///
  /// @param tasks how many it has
  int takeStarts(int wanted, int tasks) {
    int most = Math.min(startsLeft, Math.max(share, tasks / TASKS_PER_START));
    int taken = Math.min(wanted, most);
    startsLeft -= taken;
    return taken;
  }

  /// When a service is looked at that could do nothing any more in this plan; null when it can.
  /// One after another, so that the next plans need not put off the same ones again.
  @Nullable Instant putOff(Instant now) {
    if (startsLeft > 0 && marksLeft > 0) {
      return null;
    }
    int turns = 1 + putOff / PUT_OFF_AT_ONCE;
    putOff++;
    return now.plus(PUT_OFF.multipliedBy(turns));
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
