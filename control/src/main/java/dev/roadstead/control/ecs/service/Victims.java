package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.placement.Strategy;
import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.InstanceUsage;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Which tasks are stopped first. Source: ECS developer guide, "Amazon ECS services", task
/// scheduling: not yet running and unhealthy ones, then those that leave the best spread or the
/// emptiest instance by the service's strategies; without any, of the availability zone with most
/// tasks of the service, then of the instance with most. Among equals the newest goes. Of tasks in
/// the same condition, those that came back with a lost instance go before all others: what took
/// their places stays.
final class Victims {
  private static final List<Strategy> DEFAULT =
      List.of(
          new Strategy.Spread("attribute:ecs.availability-zone"),
          new Strategy.Spread("instanceId"));

  private final State state;
  private final List<Member> present;
  private final Supplier<List<Strategy>> configured;
  private List<Strategy> strategies = List.of();

  /// @param present every wanted task of the service
  /// @param configured the service's strategies; asked for only when they matter
  Victims(State state, List<Member> present, Supplier<List<Strategy>> configured) {
    this.state = state;
    this.present = new ArrayList<>(present);
    this.configured = configured;
  }

  /// That many of the candidates that are not protected, at most; later calls see them as gone.
  List<Member> choose(List<Member> candidates, int count) {
    if (count <= 0) {
      return List.of();
    }
    List<Member> left = new ArrayList<>(candidates);
    left.removeIf(Member::guarded);
    List<Member> chosen = new ArrayList<>();
    if (count >= left.size()) {
      present.removeAll(left);
      return left;
    }
    if (strategies.isEmpty()) {
      List<Strategy> own = configured.get();
      strategies = own.isEmpty() ? DEFAULT : own;
    }
    List<Map<String, Integer>> tallies = tallies();
    while (chosen.size() < count) {
      Member next = best(left, tallies);
      left.remove(next);
      chosen.add(next);
      present.remove(next);
      for (int i = 0; i < strategies.size(); i++) {
        if (strategies.get(i) instanceof Strategy.Spread spread) {
          tallies.get(i).merge(value(next.task(), spread.field()), -1, Integer::sum);
        }
      }
    }
    return chosen;
  }

  private Member best(List<Member> left, List<Map<String, Integer>> tallies) {
    Comparator<Member> order =
        Comparator.comparing(Member::condition).thenComparing(one -> !one.returned());
    for (int i = 0; i < strategies.size(); i++) {
      Map<String, Integer> tally = tallies.get(i);
      switch (strategies.get(i)) {
        case Strategy.Spread spread ->
            order =
                order.thenComparingInt(
                    one -> -tally.getOrDefault(value(one.task(), spread.field()), 0));
        case Strategy.Binpack binpack ->
            order = order.thenComparingInt(one -> -freeOn(one.task(), binpack.memory()));
        case Strategy.Random _ -> {}
      }
    }
    order =
        order
            .thenComparing(one -> one.task().times().createdAt(), Comparator.reverseOrder())
            .thenComparing(one -> one.task().key());
    return left.stream().min(order).orElseThrow();
  }

  /// For each strategy that spreads, how many tasks each value has.
  private List<Map<String, Integer>> tallies() {
    List<Map<String, Integer>> tallies = new ArrayList<>();
    for (Strategy strategy : strategies) {
      Map<String, Integer> tally = new HashMap<>();
      if (strategy instanceof Strategy.Spread spread) {
        for (Member one : present) {
          tally.merge(value(one.task(), spread.field()), 1, Integer::sum);
        }
      }
      tallies.add(tally);
    }
    return tallies;
  }

  private String value(Task task, String field) {
    ContainerInstance instance = instanceOf(task);
    if (instance == null) {
      return "";
    }
    if (!field.startsWith("attribute:")) {
      return instance.id();
    }
    Attribute attribute = instance.attribute(field.substring("attribute:".length()));
    return attribute == null || attribute.value() == null ? "" : attribute.value();
  }

  private int freeOn(Task task, boolean memory) {
    ContainerInstance instance = instanceOf(task);
    if (instance == null) {
      return 0;
    }
    InstanceUsage usage = state.value(Tasks.USAGE, instance.key());
    return memory
        ? instance.memoryMib() - usage.memoryMib() + task.reservation().memoryMib()
        : instance.cpuUnits() - usage.cpuUnits() + task.reservation().cpuUnits();
  }

  private @Nullable ContainerInstance instanceOf(Task task) {
    String key = task.instanceKey();
    return key == null ? null : state.find(ContainerInstances.TABLE, key);
  }
}
