package dev.roadstead.control.ecs.placement;

import java.util.ArrayList;
import java.util.List;

/// The constraints of one demand, parsed once for the whole call.
///
/// @param distinct whether each task of the group needs an instance of its own
/// @param queries all of which must match
record Rules(boolean distinct, List<Query> queries) {
  private static final Rules NONE = new Rules(false, List.of());

  /// Refuses with InvalidParameterException when an expression is not valid.
  static Rules of(List<Constraint> constraints) {
    if (constraints.isEmpty()) {
      return NONE;
    }
    boolean distinct = false;
    List<Query> queries = new ArrayList<>();
    for (Constraint constraint : constraints) {
      switch (constraint) {
        case Constraint.DistinctInstance() -> distinct = true;
        case Constraint.MemberOf(String expression) -> queries.add(Query.parse(expression));
      }
    }
    return new Rules(distinct, queries);
  }

  /// What the slot breaks now. Only a task placed on this very slot can change the result.
  int broken(Slot slot, String group) {
    int broken = distinct && slot.sameGroup > 0 ? Fit.DISTINCT : 0;
    if (queries.isEmpty()) {
      return broken;
    }
    Query.Subject subject =
        new Query.Subject(slot.instance, slot.usage, slot.placed > 0 ? group : null);
    for (Query query : queries) {
      if (!query.matches(subject)) {
        return broken | Fit.MEMBER;
      }
    }
    return broken;
  }
}
