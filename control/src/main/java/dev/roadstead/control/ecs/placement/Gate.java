package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.InstanceUsage;
import dev.roadstead.control.ecs.table.Kind;
import dev.roadstead.control.ecs.table.Machine;
import dev.roadstead.control.ecs.table.Reservation;
import dev.roadstead.control.ecs.table.Shelf;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.table.Yard;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.List;

/// What one demand asks, sorted by what it can be asked of: a kind of instances, once for all of
/// them, or a machine. The same rules as {@link Fit} and {@link Rules}.
final class Gate {
  private final State state;
  private final Demand demand;
  private final boolean distinct;
  private final boolean ports;
  private final List<Query> ofKind = new ArrayList<>();
  private final List<Query> ofMachine = new ArrayList<>();
  private final Shelf.Need need;
  private final Kept kept;

  Gate(State state, Demand demand, Rules rules) {
    this.state = state;
    this.demand = demand;
    distinct = rules.distinct();
    Reservation asked = demand.reservation();
    kept = Kept.of(state, demand);
    ports = !asked.tcpPorts().isEmpty() || !asked.udpPorts().isEmpty();
    for (Query query : rules.queries()) {
      (query.ofKind() ? ofKind : ofMachine).add(query);
    }
    need =
        new Shelf.Need(
            asked.cpuUnits(),
            asked.memoryMib(),
            asked.gpus() == 0 ? Integer.MIN_VALUE : asked.gpus());
  }

  /// What a machine must have free.
  Shelf.Need need() {
    return need;
  }

  /// Whether instances of that kind come into question.
  boolean opensTo(Yard yard) {
    Kind kind = yard.kind();
    if (!kind.connected() || Fit.missing(kind::attribute, demand) != null) {
      return false;
    }
    if (ofKind.isEmpty() && demand.capacityProvider() == null) {
      return true;
    }
    ContainerInstance any = yard.byMemory().at(0).instance();
    if (!demand.admits(any)) {
      return false;
    }
    Query.Subject subject = new Query.Subject(any, InstanceUsage.NONE);
    for (Query query : ofKind) {
      if (!query.matches(subject)) {
        return false;
      }
    }
    return true;
  }

  /// Whether a machine of such a kind can take one more task.
  ///
  /// @param placed tasks that this placement has put there
  boolean opensTo(Machine machine, int placed) {
    if (!need.metBy(machine)) {
      return false;
    }
    if (distinct && (placed > 0 || machine.tasksOf(demand.group()) > 0)) {
      return false;
    }
    if (ports && (placed > 0 || !Fit.portsFree(machine.instance(), machine.usage(), demand))) {
      return false;
    }
    return kept.leftOn(machine, demand.reservation())
        && (ofMachine.isEmpty() || matches(machine, placed));
  }

  private boolean matches(Machine machine, int placed) {
    ContainerInstance instance = machine.instance();
    Query.Subject subject =
        new Query.Subject(
            instance, state.value(Tasks.USAGE, instance.key()), placed > 0 ? demand.group() : null);
    for (Query query : ofMachine) {
      if (!query.matches(subject)) {
        return false;
      }
    }
    return true;
  }
}
