package dev.roadstead.control.ecs.table;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many instances of a cluster may take tasks, by availability zone; zones without any are not
/// there.
public record ZoneCounts(SortedMap<String, Integer> eligible) {
  public static final String ATTRIBUTE = "ecs.availability-zone";

  public static final ZoneCounts NONE = new ZoneCounts(new TreeMap<>());

  public ZoneCounts {
    eligible = Collections.unmodifiableSortedMap(new TreeMap<>(eligible));
  }

  public Set<String> zones() {
    return eligible.keySet();
  }

  public int of(String zone) {
    return eligible.getOrDefault(zone, 0);
  }

  ZoneCounts plus(ContainerInstance instance) {
    return step(instance, 1);
  }

  ZoneCounts minus(ContainerInstance instance) {
    return step(instance, -1);
  }

  private ZoneCounts step(ContainerInstance instance, int sign) {
    Attribute zone = instance.attribute(ATTRIBUTE);
    if (!instance.eligible() || zone == null || zone.value() == null) {
      return this;
    }
    SortedMap<String, Integer> next = new TreeMap<>(eligible);
    next.merge(zone.value(), sign, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
    return new ZoneCounts(next);
  }
}
