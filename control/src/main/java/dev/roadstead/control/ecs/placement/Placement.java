package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.Fleet;
import dev.roadstead.control.ecs.table.Fleets;
import dev.roadstead.control.ecs.table.Gpus;
import dev.roadstead.control.ecs.table.InstanceUsage;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Finds container instances for tasks. Exact in CPU, memory, GPUs and fixed host ports: what it
/// chooses fits beside everything that is placed already. Source: ECS developer guide, "Amazon ECS
/// task placement".
///
/// In the common orders of preference ({@link Chain}) the fleet that is kept up beside the rows is
/// asked, and the cost hardly grows with the number of instances. In others, and to say why a task
/// fits nowhere, every instance of the cluster is looked at ({@link Scan}).
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
    Chain chain = Chain.of(demand);
    if (chain == null) {
      Scan scan = new Scan(state, demand, rules);
      List<ContainerInstance> chosen = scan.place(count, random);
      return choice(state, demand, chosen, chosen.size() == count ? null : scan);
    }
    Fleet fleet = Fleets.of(state, demand.clusterKey());
    Draft draft = new Draft(fleet, demand, chain, new Gate(state, demand, rules), random);
    List<ContainerInstance> chosen = new ArrayList<>(count);
    while (chosen.size() < count) {
      ContainerInstance next = draft.next();
      if (next == null) {
        return choice(state, demand, chosen, new Scan(state, demand, rules).after(chosen));
      }
      chosen.add(next);
    }
    return choice(state, demand, chosen, null);
  }

  private static Choice choice(
      State state, Demand demand, List<ContainerInstance> chosen, @Nullable Scan missed) {
    int gpus = demand.reservation().gpus();
    if (gpus == 0) {
      return new Choice(chosen, Collections.nCopies(chosen.size(), List.of()), missed);
    }
    List<List<String>> gpuIds = new ArrayList<>(chosen.size());
    Map<String, Integer> given = new HashMap<>();
    for (ContainerInstance instance : chosen) {
      List<String> free = Gpus.free(instance, state.value(Tasks.USAGE, instance.key()));
      int start = given.merge(instance.key(), gpus, Integer::sum) - gpus;
      gpuIds.add(free.subList(start, start + gpus));
    }
    return new Choice(chosen, gpuIds, missed);
  }

  /// The GPUs for one task on this instance, which can take it.
  public static List<String> gpuIds(State state, ContainerInstance instance, Demand demand) {
    return Gpus.free(instance, state.value(Tasks.USAGE, instance.key()))
        .subList(0, demand.reservation().gpus());
  }

  /// Why this instance cannot take one task, or null when it can. For StartTask: its status,
  /// constraints and strategies are not looked at.
  public static @Nullable Veto veto(State state, ContainerInstance instance, Demand demand) {
    InstanceUsage usage = state.value(Tasks.USAGE, instance.key());
    Slot slot = new Slot(0, instance, usage, demand.group());
    int broken = Fit.fixed(slot, demand) | Fit.lacking(slot, demand.reservation());
    return broken == 0 ? null : Reasons.veto(slot, demand, broken);
  }
}
