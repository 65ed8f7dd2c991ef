package dev.roadstead.control.ecs.table;

import java.time.Instant;

/// A condition of a service that was told in an event and still holds: told again only when it
/// changes or has held for long.
///
/// @param at when it was last told
public record ServiceNotice(Kind kind, String message, Instant at) {
  /// What is told once. A service has at most one notice of each.
  public enum Kind {
    STEADY,
    PLACEMENT,
    IMPAIRED,
    BLOCKED,
    PROTECTED,
    DRAINING,
    REBALANCING,
    HOOK
  }
}
