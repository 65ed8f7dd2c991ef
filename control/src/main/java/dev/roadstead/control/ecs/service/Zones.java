package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.placement.Constraint;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ZoneCounts;
import dev.roadstead.engine.root.State;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;
import software.amazon.awssdk.services.ecs.model.PlacementStrategy;

/// How a service's tasks are spread over availability zones, for rebalancing. Source: ECS developer
/// guide, "Balancing an Amazon ECS service across Availability Zones".
///
/// @param tasks how many tasks each zone has: every zone with an instance that may take tasks, and
///     every one that has tasks
/// @param most the most tasks of a zone that has one that is not protected; 0 when none has
record Zones(SortedMap<String, Integer> tasks, int most) {
  /// What can be said in a placement expression; every zone of AWS can.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

  /// Whether a service with these settings is rebalanced at all.
  static boolean eligible(
      Service service, software.amazon.awssdk.services.ecs.model.Service document) {
    return document.availabilityZoneRebalancing() == AvailabilityZoneRebalancing.ENABLED
        && suits(service, document);
  }

  /// Whether a service with these settings can be rebalanced. Source: ECS developer guide,
  /// "Balancing an Amazon ECS service across Availability Zones", considerations.
  static boolean suits(
      Service service, software.amazon.awssdk.services.ecs.model.Service document) {
    List<PlacementStrategy> strategies = document.placementStrategy();
    boolean spreads =
        strategies.isEmpty()
            || ("spread".equals(strategies.getFirst().typeAsString())
                && ("attribute:" + ZoneCounts.ATTRIBUTE).equals(strategies.getFirst().field()));
    boolean bound =
        document.placementConstraints().stream()
            .map(one -> one.expression())
            .anyMatch(one -> one != null && one.contains(ZoneCounts.ATTRIBUTE));
    return !service.daemon()
        && !service.external()
        && service.launchType().equals("EC2")
        && service.maximumPercent() > 100
        && spreads
        && !bound;
  }

  /// @param members the tasks that stay
  static Zones of(State state, Service service, List<Member> members) {
    SortedMap<String, Integer> tasks = new TreeMap<>();
    state
        .value(ContainerInstances.ZONES, service.clusterKey())
        .zones()
        .forEach(zone -> tasks.put(zone, 0));
    members.forEach(one -> tasks.merge(zone(one), 1, Integer::sum));
    tasks.keySet().removeIf(zone -> !NAME.matcher(zone).matches());
    int most =
        members.stream()
            .filter(one -> !one.guarded())
            .mapToInt(one -> tasks.getOrDefault(zone(one), 0))
            .max()
            .orElse(0);
    return new Zones(tasks, most);
  }

  private static String zone(Member one) {
    String zone = one.task().availabilityZone();
    return zone == null ? "" : zone;
  }

  /// Whether some zone has at least two tasks more than another.
  boolean uneven() {
    return tasks.values().stream().mapToInt(one -> one).max().orElse(0)
            - tasks.values().stream().mapToInt(one -> one).min().orElse(0)
        > 1;
  }

  /// The zones to which moving a task makes the spread better, the emptiest first.
  List<String> emptier() {
    return tasks.keySet().stream()
        .filter(zone -> most - tasks.getOrDefault(zone, 0) > 1)
        .sorted(Comparator.comparingInt(zone -> tasks.getOrDefault(zone, 0)))
        .toList();
  }

  static Constraint only(String zone) {
    return new Constraint.MemberOf("attribute:" + ZoneCounts.ATTRIBUTE + " == " + zone);
  }

  /// As events say it.
  String text() {
    return tasks.entrySet().stream()
        .map(one -> one.getValue() + " tasks in " + one.getKey())
        .collect(Collectors.joining(", "));
  }
}
