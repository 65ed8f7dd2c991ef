package dev.roadstead.control.ecs.table;

import dev.roadstead.base.Invariant;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Index;
import dev.roadstead.engine.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Events of services; keys sort by age.
public final class ServiceEvents {
  public static final Table<ServiceEvent> TABLE =
      Table.of("service-events", ServiceEvent.class, ServiceEvents::key);

  public static final Index<ServiceEvent> BY_SERVICE =
      TABLE.index("by-service", row -> List.of(row.serviceKey()));

  /// How many are kept of a service. Source: ECS quotas, service events.
  public static final int KEPT_MAX = 100;

  private ServiceEvents() {}

  /// The events of a service, newest first.
  public static List<ServiceEvent> newestFirst(State state, String serviceKey) {
    return state.rows(BY_SERVICE, serviceKey).reversed();
  }

  /// The sequence of the next event of a service.
  public static long nextSequence(State state, String serviceKey) {
    List<String> keys = state.keys(BY_SERVICE, serviceKey);
    return keys.isEmpty() ? 0 : state.get(TABLE, keys.getLast()).sequence() + 1;
  }

  /// Adds events, oldest first, and drops those that are too many.
  public static List<Change> add(State state, String serviceKey, List<ServiceEvent> events) {
    List<Change> changes = new ArrayList<>();
    List<ServiceEvent> kept = events.subList(Math.max(0, events.size() - KEPT_MAX), events.size());
    List<String> old = state.keys(BY_SERVICE, serviceKey);
    int drop = Math.max(0, old.size() + kept.size() - KEPT_MAX);
    for (String key : old.subList(0, drop)) {
      changes.add(TABLE.delete(key));
    }
    for (ServiceEvent event : kept) {
      Invariant.check(event.serviceKey().equals(serviceKey), "an event of another service");
      changes.add(TABLE.put(event));
    }
    return changes;
  }

  /// Drops every event of a service.
  public static List<Change> forget(State state, String serviceKey) {
    List<Change> changes = new ArrayList<>();
    for (String key : state.keys(BY_SERVICE, serviceKey)) {
      changes.add(TABLE.delete(key));
    }
    return changes;
  }

  private static String key(ServiceEvent event) {
    return event.serviceKey() + String.format(Locale.ROOT, "/%012d", event.sequence());
  }
}
