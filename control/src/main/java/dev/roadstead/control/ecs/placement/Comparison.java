package dev.roadstead.control.ecs.placement;

/// An ordering operator of the cluster query language.
enum Comparison {
  EQUAL,
  GREATER,
  GREATER_OR_EQUAL,
  LESS,
  LESS_OR_EQUAL;

  /// @param order of the value against the bound, as a comparator gives it
  boolean holds(int order) {
    return switch (this) {
      case EQUAL -> order == 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
    };
  }
}
