package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceBuilder;
import dev.roadstead.control.ecs.table.ServiceNotice.Kind;
import dev.roadstead.control.ecs.table.ServiceTasks;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.List;

/// Moves the tasks of a service between availability zones, one at a time, while everything else is
/// as wanted: one starts in the emptiest zone, and once it is healthy the usual scale-in stops one
/// in the fullest. Source: ECS developer guide, "Balancing an Amazon ECS service across
/// Availability Zones".
final class Rebalancing {
  private Rebalancing() {}

  /// The service as the rollout is to see it: while a task moves one more is wanted, until all are
  /// healthy.
  static Service counted(Service service, List<Member> fresh, Chronicle chronicle) {
    boolean moving =
        chronicle.told(Kind.REBALANCING) != null
            && fresh.size() == service.desiredCount() + 1
            && !fresh.stream().allMatch(one -> one.is(Member.Condition.HEALTHY));
    return moving
        ? ServiceBuilder.builder(service).desiredCount(service.desiredCount() + 1).build()
        : service;
  }

  /// Begins a move if the zones are uneven and one more task may run; ends what was told of
  /// rebalancing if they are even.
  static List<Change> step(
      State state, Service service, Census census, Chronicle chronicle, Moment moment) {
    if (!service.rebalanced()) {
      chronicle.clear(Kind.REBALANCING);
      return List.of();
    }
    Zones zones = Zones.of(state, service, census.members());
    if (!zones.uneven()) {
      if (chronicle.told(Kind.REBALANCING) != null) {
        chronicle.tell(Messages.balanced(zones));
      }
      chronicle.clear(Kind.REBALANCING);
      return List.of();
    }
    List<String> emptier = zones.emptier();
    if (emptier.isEmpty() || service.upperBound() <= census.members().size()) {
      return List.of();
    }
    for (String zone : emptier) {
      Starts starts = Starts.of(state, service, 1, moment, List.of(Zones.only(zone)));
      if (!starts.tasks().isEmpty()) {
        Task task = starts.tasks().getFirst();
        chronicle.holds(Kind.REBALANCING, Messages.uneven(zones));
        chronicle.tell(Messages.startedIn(zone, task));
        return List.of(
            Tasks.create(task), ServiceTasks.follow(service.key(), service.primary().id(), task));
      }
    }
    chronicle.holds(Kind.REBALANCING, Messages.fullZone(emptier.getFirst()));
    return List.of();
  }
}
