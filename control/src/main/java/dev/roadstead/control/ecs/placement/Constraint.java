package dev.roadstead.control.ecs.placement;

/// A rule that binds. Source: ECS developer guide, "Define which container instances Amazon ECS
/// uses for tasks".
public sealed interface Constraint {
  /// Each task of the group on an instance of its own.
  record DistinctInstance() implements Constraint {}

  /// Only instances that match a query of the cluster query language.
  record MemberOf(String expression) implements Constraint {}
}
