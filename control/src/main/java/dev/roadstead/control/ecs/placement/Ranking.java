package dev.roadstead.control.ecs.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The order of preference of one demand: criteria, each refining the ties of those before it, and
/// chance among what is still equal.
///
/// Without strategies, tasks of a service spread over availability zones and then over instances
/// (source: ECS developer guide, "Task placement strategies"). For other tasks ECS documents no
/// order; they go where the smallest share is reserved.
final class Ranking {
  private final Criterion[] criteria;
  private final int[] ties;

  private Ranking(List<Criterion> criteria, int slots) {
    this.criteria = criteria.toArray(Criterion[]::new);
    this.ties = new int[slots];
  }

  static Ranking of(Demand demand, List<Slot> slots) {
    List<Criterion> criteria = new ArrayList<>();
    for (Strategy strategy : demand.strategies()) {
      if (strategy instanceof Strategy.Random) {
        return new Ranking(criteria, slots.size()); // nothing is equal after it
      }
      criteria.add(criterion(strategy, slots));
    }
    if (criteria.isEmpty() && demand.group().startsWith(Chain.SERVICE_PREFIX)) {
      criteria.add(Criterion.FewestPerValue.of(Chain.ZONE, slots));
      criteria.add(new Criterion.FewestOnInstance());
    } else if (criteria.isEmpty()) {
      criteria.add(new Criterion.LeastLoaded());
      criteria.add(new Criterion.FewestTasks());
    }
    return new Ranking(criteria, slots.size());
  }

  private static Criterion criterion(Strategy strategy, List<Slot> slots) {
    return switch (strategy) {
      case Strategy.Spread spread when spread.attribute() == null ->
          new Criterion.FewestOnInstance();
      case Strategy.Spread spread ->
          Criterion.FewestPerValue.of(String.valueOf(spread.attribute()), slots);
      case Strategy.Binpack(boolean memory) ->
          memory ? new Criterion.LeastMemory() : new Criterion.LeastCpu();
      case Strategy.Random _ -> throw new IllegalStateException("random is not a criterion");
    };
  }

  /// The best of the slots that can take the demand; null when none can.
  @Nullable Slot best(List<Slot> slots, Demand demand, RandomGenerator random) {
    int count = 0;
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      if (slot.broken != 0 || Fit.lacking(slot, demand.reservation()) != 0) {
        continue;
      }
      int order = count == 0 ? 0 : compare(slot, slots.get(ties[0]));
      if (order < 0) {
        count = 0;
      }
      if (order <= 0) {
        ties[count++] = i;
      }
    }
    if (count == 0) {
      return null;
    }
    return slots.get(ties[count == 1 ? 0 : random.nextInt(count)]);
  }

  private int compare(Slot a, Slot b) {
    for (Criterion criterion : criteria) {
      int order = Long.compare(criterion.score(a), criterion.score(b));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  void placed(Slot slot) {
    for (Criterion criterion : criteria) {
      criterion.placed(slot);
    }
  }
}
