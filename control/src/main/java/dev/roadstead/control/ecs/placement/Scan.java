package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.InstanceUsage;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Places equal tasks in any order of preference, by looking at every ACTIVE instance of the
/// cluster; and says of each why it cannot take the next task.
final class Scan {
  private final Demand demand;
  private final Rules rules;
  private final List<Slot> slots = new ArrayList<>();

  Scan(State state, Demand demand, Rules rules) {
    this.demand = demand;
    this.rules = rules;
    for (String key : state.keys(ContainerInstances.REGISTERED_BY_CLUSTER, demand.clusterKey())) {
      ContainerInstance instance = state.get(ContainerInstances.TABLE, key);
      if (instance.status().equals(ContainerInstance.ACTIVE) && demand.admits(instance)) {
        InstanceUsage usage = state.value(Tasks.USAGE, key);
        Slot slot = new Slot(slots.size(), instance, usage, demand.group());
        slot.broken = Fit.fixed(slot, demand) | rules.broken(slot, demand.group());
        slots.add(slot);
      }
    }
  }

  /// An instance for each of `count` tasks, fewer when one fits nowhere.
  List<ContainerInstance> place(int count, RandomGenerator random) {
    Ranking ranking = Ranking.of(demand, slots);
    List<ContainerInstance> chosen = new ArrayList<>(count);
    while (chosen.size() < count) {
      Slot best = ranking.best(slots, demand, random);
      if (best == null) {
        break;
      }
      take(best);
      ranking.placed(best);
      chosen.add(best.instance);
    }
    return chosen;
  }

  /// Takes note of what was placed otherwise.
  Scan after(List<ContainerInstance> chosen) {
    Map<String, Slot> byKey = new HashMap<>();
    slots.forEach(slot -> byKey.put(slot.instance.key(), slot));
    for (ContainerInstance instance : chosen) {
      Slot slot = byKey.get(instance.key());
      if (slot != null) {
        take(slot);
      }
    }
    return this;
  }

  private void take(Slot slot) {
    slot.take(demand);
    slot.broken |= rules.broken(slot, demand.group());
    boolean fixedPorts =
        !demand.reservation().tcpPorts().isEmpty() || !demand.reservation().udpPorts().isEmpty();
    if (fixedPorts) {
      slot.broken |= Fit.PORTS;
    }
  }

  /// Of every instance, why it cannot take the next task.
  List<Veto> vetoes() {
    List<Veto> vetoes = new ArrayList<>(slots.size());
    for (Slot slot : slots) {
      vetoes.add(Reasons.veto(slot, demand, broken(slot)));
    }
    return vetoes;
  }

  private int broken(Slot slot) {
    return slot.broken | Fit.lacking(slot, demand.reservation());
  }
}
