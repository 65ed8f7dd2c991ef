package dev.roadstead.control.ecs.placement;

import org.jspecify.annotations.Nullable;

/// A preference. Source: ECS developer guide, "Use strategies to define Amazon ECS task placement".
public sealed interface Strategy {
  /// Fewest tasks of the group per value of a field.
  ///
  /// @param field `instanceId` (also spelled `host`) or `attribute:NAME`
  record Spread(String field) implements Strategy {
    static final String ATTRIBUTE_PREFIX = "attribute:";

    /// The attribute's name, or null when each instance is a value of its own.
    @Nullable String attribute() {
      return field.startsWith(ATTRIBUTE_PREFIX) ? field.substring(ATTRIBUTE_PREFIX.length()) : null;
    }
  }

  /// Least of a resource left.
  ///
  /// @param memory true for memory, false for CPU
  record Binpack(boolean memory) implements Strategy {}

  record Random() implements Strategy {}
}
