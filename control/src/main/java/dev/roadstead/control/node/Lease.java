package dev.roadstead.control.node;

import java.time.Duration;
import java.time.Instant;

/// How long an instance whose agent is gone keeps its service tasks: others take their places
/// afterwards. Within it an agent may come back and nothing is restarted.
///
/// @param length not negative
public record Lease(Duration length) {
  /// Longer than an agent takes to restart, short enough for a lost machine to be noticed little.
  public static final Lease USUAL = new Lease(Duration.ofSeconds(20));

  /// What is granted in addition when it is the control plane that was away: agents come back over
  /// this time, so that they do not come all at once.
  static final Duration AFTER_START = Duration.ofSeconds(40);

  /// More often would cost a thousand agents more than it tells.
  private static final Duration HEARTBEAT_MIN = Duration.ofSeconds(2);

  /// Amazon's agent gives up after 60 to 120 s of silence, ours after 45 s.
  private static final Duration HEARTBEAT_MAX = Duration.ofSeconds(20);

  /// A busy machine's agent may take a moment.
  private static final Duration PATIENCE_MIN = Duration.ofSeconds(5);

  private static final Duration PATIENCE_MAX = Duration.ofSeconds(60);

  public Lease {
    if (length.isNegative()) {
      throw new IllegalArgumentException("a lease is not negative: " + length);
    }
  }

  /// When the lease of an agent that was heard of last then is over.
  Instant end(Instant heardAt) {
    return heardAt.plus(length);
  }

  /// How often an agent is asked for a sign of life. So often that one that falls silent is shown
  /// disconnected before its lease is over.
  Duration heartbeat() {
    return clamp(length.multipliedBy(3).dividedBy(10), HEARTBEAT_MIN, HEARTBEAT_MAX);
  }

  /// How long an agent may owe the answer to a heartbeat. With {@link #heartbeat}, three quarters
  /// of the lease at most.
  Duration patience() {
    return clamp(length.multipliedBy(9).dividedBy(20), PATIENCE_MIN, PATIENCE_MAX);
  }

  private static Duration clamp(Duration wished, Duration least, Duration most) {
    return wished.compareTo(least) < 0 ? least : wished.compareTo(most) > 0 ? most : wished;
  }

  /// When it is over if the control plane has started now.
  Instant endAfterStart(Instant now) {
    return now.plus(length).plus(AFTER_START);
  }
}
