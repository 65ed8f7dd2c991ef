package dev.roadstead.control.ecs.placement;

/// A preference. Source: ECS developer guide, "Use strategies to define Amazon ECS task placement".
public sealed interface Strategy {
  /// Fewest tasks of the group per value of a field.
  ///
  /// @param field `instanceId` (also spelled `host`) or `attribute:NAME`
  record Spread(String field) implements Strategy {}

  /// Least of a resource left.
  ///
  /// @param memory true for memory, false for CPU
  record Binpack(boolean memory) implements Strategy {}

  record Random() implements Strategy {}
}
