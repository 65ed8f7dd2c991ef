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

  public Lease {
    if (length.isNegative()) {
      throw new IllegalArgumentException("a lease is not negative: " + length);
    }
  }

  /// When the lease of an agent that has gone now is over.
  Instant end(Instant now) {
    return now.plus(length);
  }

  /// When it is over if the control plane has started now.
  Instant endAfterStart(Instant now) {
    return now.plus(length).plus(AFTER_START);
  }
}
