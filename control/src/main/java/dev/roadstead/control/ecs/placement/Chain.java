package dev.roadstead.control.ecs.placement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A demand's order of preference, where it has the common form: spread over values of attributes,
/// and then one thing about the instance itself.
///
/// @param attributes the spreads, in order
/// @param leaf what is asked of the instance
record Chain(List<String> attributes, Leaf leaf) {
  static final String ZONE = "ecs.availability-zone";
  static final String SERVICE_PREFIX = "service:";

  /// What orders the instances between which the spreads make no difference.
  enum Leaf {
    /// Any is as good as another.
    ANY,
    /// Least memory free; then least CPU, or nothing more.
    MEMORY,
    /// Least CPU free; then least memory, or nothing more.
    CPU,
    /// Fewest tasks of the group.
    FEWEST,
    /// Smallest share reserved, then fewest tasks.
    LOAD
  }

  /// Null when the order has another form.
  ///
  /// Without strategies, tasks of a service spread over availability zones and then over instances
  /// (source: ECS developer guide, "Task placement strategies"). For other tasks ECS documents no
  /// order; they go where the smallest share is reserved.
  static @Nullable Chain of(Demand demand) {
    if (demand.strategies().isEmpty()) {
      return demand.group().startsWith(SERVICE_PREFIX)
          ? new Chain(List.of(ZONE), Leaf.FEWEST)
          : new Chain(List.of(), Leaf.LOAD);
    }
    List<String> attributes = new ArrayList<>();
    List<Strategy> rest = demand.strategies();
    while (!rest.isEmpty()
        && rest.getFirst() instanceof Strategy.Spread spread
        && spread.attribute() != null) {
      attributes.add(String.valueOf(spread.attribute()));
      rest = rest.subList(1, rest.size());
    }
    Leaf leaf = leaf(rest);
    return leaf == null ? null : new Chain(attributes, leaf);
  }

  private static @Nullable Leaf leaf(List<Strategy> rest) {
    if (rest.isEmpty() || rest.getFirst() instanceof Strategy.Random) {
      return Leaf.ANY;
    }
    boolean last = rest.size() == 1 || rest.get(1) instanceof Strategy.Random;
    return switch (rest.getFirst()) {
      case Strategy.Spread _ -> last ? Leaf.FEWEST : null;
      case Strategy.Binpack(boolean memory) -> {
        boolean other = rest.size() == 2 && rest.get(1).equals(new Strategy.Binpack(!memory));
        Leaf binpack = memory ? Leaf.MEMORY : Leaf.CPU;
        yield last || other ? binpack : null;
      }
      case Strategy.Random _ -> Leaf.ANY;
    };
  }
}
