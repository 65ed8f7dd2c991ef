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
import org.jspecify.annotations.Nullable;

/// Places equal tasks in any order of preference, by looking at every ACTIVE instance of the
/// cluster; and says of each why it cannot take the next task.
final class Scan {
  private final Demand demand;
  private final Rules rules;
  private final List<Slot> slots = new ArrayList<>();

  Scan(State state, Demand demand, Rules rules) {
    this.demand = demand;
    this.rules = rules;
    Kept kept = Kept.of(state, demand);
    for (String key : state.keys(ContainerInstances.REGISTERED_BY_CLUSTER, demand.clusterKey())) {
      ContainerInstance instance = state.get(ContainerInstances.TABLE, key);
      if (instance.status().equals(ContainerInstance.ACTIVE) && demand.admits(instance)) {
        InstanceUsage usage = state.value(Tasks.USAGE, key);
        Slot slot = new Slot(slots.size(), instance, usage, demand.group());
        slot.broken = Fit.fixed(slot, demand) | rules.broken(slot, demand.group());
        kept.takeOff(slot, demand.reservation());
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

  /// How many instances were looked at.
  int examined() {
    return slots.size();
  }

  /// Of every instance, why it cannot take the next task.
  List<Veto> vetoes() {
    List<Veto> vetoes = new ArrayList<>(slots.size());
    for (Slot slot : slots) {
      vetoes.add(Reasons.veto(slot, demand, broken(slot)));
    }
    return vetoes;
  }

  /// The nearest miss of all; null when no instance was looked at. Among equals the smallest id.
  @Nullable Veto closest() {
    Slot closest = null;
    long least = Long.MAX_VALUE;
    for (Slot slot : slots) {
      long distance = Reasons.distance(slot, demand.reservation(), broken(slot));
      if (distance < least) {
        closest = slot;
        least = distance;
      }
    }
    return closest == null ? null : Reasons.veto(closest, demand, broken(closest));
  }

  List<Shortfall> shortfalls() {
    List<Shortfall> shortfalls = new ArrayList<>();
    for (Shortfall.Cause cause : Shortfall.Cause.values()) {
      Slot nearest = null;
      long least = Long.MAX_VALUE;
      int count = 0;
      for (Slot slot : slots) {
        int broken = broken(slot);
        if ((broken & cause.rule) != 0) {
          count++;
          long distance = distance(cause, slot, broken);
          if (nearest == null || distance < least) {
            nearest = slot;
            least = distance;
          }
        }
      }
      if (nearest != null) {
        shortfalls.add(shortfall(cause, count, nearest));
      }
    }
    return shortfalls;
  }

  /// How far an instance is from what the cause asks.
  private long distance(Shortfall.Cause cause, Slot slot, int broken) {
    return switch (cause) {
      case CPU -> -(long) slot.cpuFree;
      case MEMORY -> -(long) slot.memoryFree;
      case GPU -> -(long) slot.gpusFree;
      default -> Reasons.distance(slot, demand.reservation(), broken);
    };
  }

  private Shortfall shortfall(Shortfall.Cause cause, int count, Slot nearest) {
    Integer needed =
        switch (cause) {
          case CPU -> demand.reservation().cpuUnits();
          case MEMORY -> demand.reservation().memoryMib();
          case GPU -> demand.reservation().gpus();
          default -> null;
        };
    Integer free =
        needed == null ? null : (int) Math.max(0, -distance(cause, nearest, broken(nearest)));
    String detail = Reasons.detail(nearest, demand, cause.rule);
    return new Shortfall(cause, count, needed, free, nearest.instance, detail);
  }

  private int broken(Slot slot) {
    return slot.broken | Fit.lacking(slot, demand.reservation());
  }
}
