package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.InstanceUsage;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Finds container instances for tasks. Exact in CPU, memory, GPUs and fixed host ports: what it
/// chooses fits beside everything that is placed already. Source: ECS developer guide, "Amazon ECS
/// task placement".
///
/// Costs one scan of the cluster's instances per task; attributes and constraints are looked at
/// once per instance and call, and again only on an instance that has just taken a task.
public final class Placement {
  private Placement() {}

  /// Chooses an instance for each of `count` equal tasks, one after another, each seeing the ones
  /// before it. Stops at the first that fits nowhere.
  ///
  /// Candidates are ACTIVE; a disconnected one is vetoed with `AGENT`, a draining one is not
  /// examined. The same state, demand and random give the same choice.
  ///
  /// Refuses with InvalidParameterException when a constraint's expression is not valid.
  ///
  /// @param count 0 or more
  public static Choice place(State state, Demand demand, int count, RandomGenerator random) {
    Rules rules = Rules.of(demand.constraints());
    List<Slot> slots = slots(state, demand);
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      slot.broken = Fit.fixed(slot, demand) | rules.broken(slot, demand.group());
    }
    Ranking ranking = Ranking.of(demand, slots);
    List<ContainerInstance> chosen = new ArrayList<>(count);
    while (chosen.size() < count) {
      Slot best = ranking.best(slots, demand, random);
      if (best == null) {
        return new Choice(chosen, vetoes(slots, demand));
      }
      take(best, demand, rules);
      ranking.placed(best);
      chosen.add(best.instance);
    }
    return new Choice(chosen, List.of());
  }

  /// Why this instance cannot take one task, or null when it can. For StartTask: its status,
  /// constraints and strategies are not looked at.
  public static @Nullable Veto veto(State state, ContainerInstance instance, Demand demand) {
    InstanceUsage usage = state.value(Tasks.USAGE, instance.key());
    Slot slot = new Slot(0, instance, usage, demand.group());
    int broken = Fit.fixed(slot, demand) | Fit.lacking(slot, demand.reservation());
    return broken == 0 ? null : Reasons.veto(slot, demand, broken);
  }

  private static List<Slot> slots(State state, Demand demand) {
    List<String> keys = state.keys(ContainerInstances.REGISTERED_BY_CLUSTER, demand.clusterKey());
    List<Slot> slots = new ArrayList<>(keys.size());
    for (String key : keys) {
      ContainerInstance instance = state.get(ContainerInstances.TABLE, key);
      if (instance.status().equals(ContainerInstance.ACTIVE)) {
        InstanceUsage usage = state.value(Tasks.USAGE, key);
        slots.add(new Slot(slots.size(), instance, usage, demand.group()));
      }
    }
    return slots;
  }

  private static void take(Slot slot, Demand demand, Rules rules) {
    slot.take(demand);
    slot.broken |= rules.broken(slot, demand.group());
    boolean fixedPorts =
        !demand.reservation().tcpPorts().isEmpty() || !demand.reservation().udpPorts().isEmpty();
    if (fixedPorts) {
      slot.broken |= Fit.PORTS;
    }
  }

  private static List<Veto> vetoes(List<Slot> slots, Demand demand) {
    List<Veto> vetoes = new ArrayList<>(slots.size());
    for (Slot slot : slots) {
      vetoes.add(Reasons.veto(slot, demand, slot.broken | Fit.lacking(slot, demand.reservation())));
    }
    return vetoes;
  }
}
