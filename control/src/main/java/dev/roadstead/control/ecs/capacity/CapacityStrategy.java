package dev.roadstead.control.ecs.capacity;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.CapacityProvider;
import dev.roadstead.control.ecs.table.CapacityProviders;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.StrategyItem;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;

/// The rules of capacity provider strategies, and how they share tasks out. Source: Amazon ECS API
/// reference, CapacityProviderStrategyItem; developer guide, "Amazon ECS capacity providers".
public final class CapacityStrategy {
  static final int ITEMS_MAX = 20; // the AWS limit
  static final int WEIGHT_MAX = 1000; // the AWS limit
  static final int BASE_MAX = 100_000; // the AWS limit

  private static final String ONE_BASE_OF_SERVICE =
      "There are multiple capacity providers in the specified capacity provider strategy with a"
          + " base value defined";
  private static final String ONE_BASE_OF_CLUSTER =
      "The specified capacity provider strategy contains multiple capacity providers with a base"
          + " value defined";

  private CapacityStrategy() {}

  /// The strategy of a task or service, as sent: every provider must be associated with the
  /// cluster. Refuses with InvalidParameterException; an unknown provider with ClientException.
  public static List<StrategyItem> ofTasks(
      State state, Cluster cluster, List<CapacityProviderStrategyItem> sent) {
    return accept(state, cluster, cluster.capacityProviders(), sent, ONE_BASE_OF_SERVICE);
  }

  /// The default strategy of a cluster, as sent.
  ///
  /// @param associated the names of the providers that the cluster is to have
  public static List<StrategyItem> ofCluster(
      State state,
      Cluster cluster,
      List<String> associated,
      List<CapacityProviderStrategyItem> sent) {
    return accept(state, cluster, associated, sent, ONE_BASE_OF_CLUSTER);
  }

  private static List<StrategyItem> accept(
      State state,
      Cluster cluster,
      List<String> associated,
      List<CapacityProviderStrategyItem> sent,
      String severalBases) {
    if (sent.isEmpty()) {
      return List.of();
    }
    if (sent.size() > ITEMS_MAX) {
      throw EcsErrors.invalidParameter(
          "A capacity provider strategy cannot have more than "
              + ITEMS_MAX
              + " capacity providers.");
    }
    if (sent.stream().allMatch(one -> one.weight() == null || one.weight() == 0)) {
      throw EcsErrors.invalidParameter(
          "There are no capacity providers in the capacity provider strategy with a weight value"
              + " greater than zero");
    }
    if (sent.stream().filter(one -> one.base() != null && one.base() > 0).count() > 1) {
      throw EcsErrors.invalidParameter(severalBases);
    }
    return items(state, cluster, associated, sent);
  }

  private static List<StrategyItem> items(
      State state,
      Cluster cluster,
      List<String> associated,
      List<CapacityProviderStrategyItem> sent) {
    List<StrategyItem> items = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (CapacityProviderStrategyItem one : sent) {
      String name = known(state, cluster, one.capacityProvider());
      if (!names.add(name)) {
        throw EcsErrors.invalidParameter(
            "The specified capacity provider strategy cannot contain a capacity provider more than"
                + " once");
      }
      if (!associated.contains(name)) {
        throw EcsErrors.invalidParameter(
            "The specified capacity provider strategy cannot contain a capacity provider that is"
                + " not associated with the cluster");
      }
      items.add(
          new StrategyItem(
              name,
              number("base", one.base(), BASE_MAX),
              number("weight", one.weight(), WEIGHT_MAX)));
    }
    long fargate =
        items.stream().filter(one -> CapacityProviders.FARGATE.contains(one.provider())).count();
    if (fargate > 0 && fargate < items.size()) {
      throw EcsErrors.invalidParameter(
          "A capacity provider strategy can only contain either Auto Scaling group or Fargate"
              + " capacity providers.");
    }
    return List.copyOf(items);
  }

  /// Whether its providers are Fargate's; a strategy never mixes them with others.
  public static boolean fargate(List<StrategyItem> strategy) {
    return !strategy.isEmpty()
        && CapacityProviders.FARGATE.contains(strategy.getFirst().provider());
  }

  /// The names of providers that exist, as sent: by name or ARN. Refuses with ClientException.
  public static List<String> providers(State state, Cluster cluster, List<String> sent) {
    if (sent.size() > ITEMS_MAX) {
      throw EcsErrors.of(
          "LimitExceededException",
          "A cluster cannot have more than " + ITEMS_MAX + " capacity providers.");
    }
    List<String> names = new ArrayList<>();
    for (String one : sent) {
      String name = known(state, cluster, one);
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    return List.copyOf(names);
  }

  private static String known(State state, Cluster cluster, @Nullable String nameOrArn) {
    if (nameOrArn != null) {
      String name = CapacityProviders.nameOf(nameOrArn, cluster.scope());
      if (CapacityProviders.FARGATE.contains(name)) {
        return name;
      }
    }
    CapacityProvider provider = CapacityProviders.require(state, cluster.scope(), nameOrArn);
    return provider.name();
  }

  private static int number(String member, @Nullable Integer sent, int max) {
    int value = sent == null ? 0 : sent;
    if (value < 0 || value > max) {
      throw EcsErrors.invalidParameter(member + " must be between 0 and " + max + ".");
    }
    return value;
  }

  /// Shares out `count` more tasks: an item with a base gets that many first, then the next task
  /// goes where (tasks beyond the base) / weight is least; among equals to the first in the list.
  ///
  /// @param strategy not empty, with a weight above 0
  /// @param placed how many tasks an item has already
  /// @return how many of them each item gets, in the order of the items
  public static List<Integer> share(
      List<StrategyItem> strategy, ToIntFunction<StrategyItem> placed, int count) {
    int[] has = strategy.stream().mapToInt(placed).toArray();
    int[] gets = new int[has.length];
    for (int i = 0; i < count; i++) {
      int next = next(strategy, has);
      has[next]++;
      gets[next]++;
    }
    List<Integer> shares = new ArrayList<>(gets.length);
    for (int one : gets) {
      shares.add(one);
    }
    return shares;
  }

  private static int next(List<StrategyItem> strategy, int[] has) {
    int best = -1;
    for (int i = 0; i < has.length; i++) {
      StrategyItem item = strategy.get(i);
      if (has[i] < item.base()) {
        return i;
      }
      if (item.weight() > 0 && (best < 0 || less(strategy, has, i, best))) {
        best = i;
      }
    }
    return best;
  }

  /// Whether item `a` has fewer tasks beyond its base for its weight than item `b`.
  private static boolean less(List<StrategyItem> strategy, int[] has, int a, int b) {
    StrategyItem one = strategy.get(a);
    StrategyItem other = strategy.get(b);
    return (long) (has[a] - one.base()) * other.weight()
        < (long) (has[b] - other.base()) * one.weight();
  }
}
