package dev.roadstead.server.history;

import java.time.Duration;

/// How much of the past is kept.
///
/// @param age how long after its end a task is kept
/// @param tasks the most tasks; the oldest go first
public record HistoryLimits(Duration age, long tasks) {
  /// Thirty days or five million tasks, about two gibibytes.
  public static final HistoryLimits USUAL = new HistoryLimits(Duration.ofDays(30), 5_000_000);

  public HistoryLimits {
    if (age.isNegative() || tasks < 0) {
      throw new IllegalArgumentException("limits of a history are 0 or more");
    }
  }
}
