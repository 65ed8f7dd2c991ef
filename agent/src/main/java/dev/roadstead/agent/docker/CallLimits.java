package dev.roadstead.agent.docker;

import java.time.Duration;

/// How long calls of the engine may take before they are given up.
///
/// @param stopExtra on top of the time a container is given to stop
/// @param other volumes, removals
public record CallLimits(
    Duration inspect, Duration create, Duration start, Duration stopExtra, Duration other) {
  /// Source: Amazon's agent.
  public static final CallLimits USUAL =
      new CallLimits(
          Duration.ofSeconds(30),
          Duration.ofMinutes(4),
          Duration.ofMinutes(3),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5));

  /// As Go writes it, and so Amazon's agent: `4m0s`, `30s`, `200ms`.
  static String text(Duration time) {
    if (time.toSeconds() == 0) {
      return time.toMillis() + "ms";
    }
    String seconds = time.toSecondsPart() + "s";
    String minutes = time.toHours() > 0 || time.toMinutes() > 0 ? time.toMinutesPart() + "m" : "";
    return (time.toHours() > 0 ? time.toHours() + "h" : "") + minutes + seconds;
  }
}
