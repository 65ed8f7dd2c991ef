package dev.roadstead.control.ecs.service;

import dev.roadstead.control.api.Call.Ids;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceEvent;
import dev.roadstead.control.ecs.table.ServiceEvents;
import dev.roadstead.control.ecs.table.ServiceNotice;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What one plan tells about a service, in order.
final class Chronicle {
  /// A condition that lasts is told again after this time. Source: ECS developer guide, "Amazon ECS
  /// service event messages".
  static final Duration REPEAT = Duration.ofHours(6);

  private final Service service;
  private final Moment moment;
  private final List<String> messages = new ArrayList<>();
  private final Map<ServiceNotice.Kind, ServiceNotice> notices =
      new EnumMap<>(ServiceNotice.Kind.class);

  Chronicle(Service service, Moment moment) {
    this.service = service;
    this.moment = moment;
    service.notices().forEach(one -> notices.put(one.kind(), one));
  }

  void tell(String message) {
    messages.add(Messages.prefix(service) + message);
  }

  /// Tells a condition that holds, unless the same was told already and not long ago.
  void holds(ServiceNotice.Kind kind, String message) {
    holds(kind, message, () -> "");
  }

  /// As {@link #holds}, with what is told beside the message and may vary while it lasts.
  ///
  /// @param beside is asked only when it is told; empty for nothing
  void holds(ServiceNotice.Kind kind, String message, Supplier<String> beside) {
    ServiceNotice told = notices.get(kind);
    if (told == null || !told.message().equals(message) || old(told)) {
      notices.put(kind, new ServiceNotice(kind, message, moment.now()));
      String more = beside.get();
      tell(more.isEmpty() ? message : message + " " + more);
    }
  }

  /// As {@link #holds}, for a condition whose text varies while it lasts.
  void lasts(ServiceNotice.Kind kind, String message) {
    ServiceNotice told = notices.get(kind);
    if (told == null || old(told)) {
      holds(kind, message);
    }
  }

  /// The condition holds no longer: next time it is told again.
  void clear(ServiceNotice.Kind kind) {
    notices.remove(kind);
  }

  @Nullable ServiceNotice told(ServiceNotice.Kind kind) {
    return notices.get(kind);
  }

  /// The notices to store, in the order of their kinds.
  List<ServiceNotice> notices() {
    return List.copyOf(notices.values());
  }

  /// The events to store.
  List<Change> changes(State state) {
    if (messages.isEmpty()) {
      return List.of();
    }
    long sequence = ServiceEvents.nextSequence(state, service.key());
    List<ServiceEvent> events = new ArrayList<>();
    for (String message : messages) {
      String id = Ids.uuid(moment.random());
      events.add(new ServiceEvent(service.key(), sequence++, id, moment.now(), message));
    }
    return ServiceEvents.add(state, service.key(), events);
  }

  private boolean old(ServiceNotice told) {
    return !told.at().plus(REPEAT).isAfter(moment.now());
  }
}
