package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.DaemonRoom;
import dev.roadstead.control.ecs.table.InstanceUsage;
import dev.roadstead.control.ecs.table.Machine;
import dev.roadstead.control.ecs.table.Reservation;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.List;

/// Room that others leave: what each DAEMON service of the cluster needs on the instances where it
/// belongs and has no task at the moment. Source: ECS developer guide, "Amazon ECS services",
/// daemon scheduling strategy: CPU and memory for daemons are reserved.
///
/// Nothing is kept on an instance that could not take the daemon even if it were empty.
final class Kept {
  private static final Kept NOTHING = new Kept(List.of());

  private final List<Daemon> daemons;

  private record Daemon(String name, Demand demand, Rules rules) {
    boolean lacks(ContainerInstance instance, InstanceUsage usage) {
      Reservation needed = demand.reservation();
      return usage.groups().tasks(demand.group()) == 0
          && needed.cpuUnits() <= instance.cpuUnits()
          && needed.memoryMib() <= instance.memoryMib()
          && needed.gpus() <= instance.gpuIds().size()
          && Fit.missing(instance::attribute, demand) == null
          && rules.broken(new Slot(0, instance, usage, demand.group()), demand.group()) == 0;
    }
  }

  private Kept(List<Daemon> daemons) {
    this.daemons = daemons;
  }

  /// What that demand has to leave to others.
  static Kept of(State state, Demand demand) {
    if (state.count(Services.DAEMONS_BY_CLUSTER, demand.clusterKey()) == 0) {
      return NOTHING;
    }
    List<Daemon> daemons = new ArrayList<>();
    for (Service one : state.rows(Services.DAEMONS_BY_CLUSTER, demand.clusterKey())) {
      DaemonRoom room = one.room();
      if (room != null && !one.group().equals(demand.group())) {
        daemons.add(daemon(one, room));
      }
    }
    return new Kept(daemons);
  }

  private static Daemon daemon(Service service, DaemonRoom room) {
    List<Constraint> constraints = new ArrayList<>();
    room.expressions().forEach(one -> constraints.add(new Constraint.MemberOf(one)));
    Demand demand =
        new Demand(
            service.clusterKey(),
            service.group(),
            null,
            room.external(),
            room.reservation(),
            room.requires(),
            constraints,
            List.of());
    return new Daemon(service.name(), demand, Rules.of(constraints));
  }

  /// Whether enough is left on a machine when it takes the task too.
  boolean leftOn(Machine machine, Reservation asked) {
    if (daemons.isEmpty()) {
      return true;
    }
    int cpuFree = machine.cpuFree();
    int memoryFree = machine.memoryFree();
    int gpusFree = machine.gpusFree();
    for (Daemon one : daemons) {
      if (one.lacks(machine.instance(), machine.usage())) {
        Reservation kept = one.demand.reservation();
        cpuFree -= kept.cpuUnits();
        memoryFree -= kept.memoryMib();
        gpusFree -= kept.gpus();
        if (clash(kept, asked)) {
          return false;
        }
      }
    }
    return fits(asked.cpuUnits(), cpuFree)
        && fits(asked.memoryMib(), memoryFree)
        && fits(asked.gpus(), gpusFree);
  }

  /// Takes what is kept off what is free for the task.
  void takeOff(Slot slot, Reservation asked) {
    for (Daemon one : daemons) {
      if (one.lacks(slot.instance, slot.usage)) {
        Reservation kept = one.demand.reservation();
        slot.cpuFree -= asked.cpuUnits() > 0 ? kept.cpuUnits() : 0;
        slot.memoryFree -= asked.memoryMib() > 0 ? kept.memoryMib() : 0;
        slot.gpusFree -= asked.gpus() > 0 ? kept.gpus() : 0;
        slot.keptFor = slot.keptFor.isEmpty() ? one.name : slot.keptFor + ", " + one.name;
        if (clash(kept, asked)) {
          slot.broken |= Fit.PORTS;
        }
      }
    }
  }

  private static boolean fits(int asked, int free) {
    return asked <= 0 || asked <= free;
  }

  private static boolean clash(Reservation kept, Reservation asked) {
    return kept.tcpPorts().stream().anyMatch(asked.tcpPorts()::contains)
        || kept.udpPorts().stream().anyMatch(asked.udpPorts()::contains);
  }
}
