package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.InstanceUsage;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.List;

/// The instances that a demand's attributes and constraints allow, whatever room they have: where
/// daemons belong.
public final class Grounds {
  private Grounds() {}

  /// ACTIVE instances of the demand's cluster, connected or not, by key.
  ///
  /// Refuses with InvalidParameterException when a constraint's expression is not valid.
  public static List<ContainerInstance> of(State state, Demand demand) {
    Rules rules = Rules.of(demand.constraints());
    List<ContainerInstance> found = new ArrayList<>();
    for (ContainerInstance instance :
        state.rows(ContainerInstances.REGISTERED_BY_CLUSTER, demand.clusterKey())) {
      if (instance.status().equals(ContainerInstance.ACTIVE)
          && Fit.missing(instance::attribute, demand) == null
          && allows(rules, state, instance, demand)) {
        found.add(instance);
      }
    }
    return found;
  }

  private static boolean allows(
      Rules rules, State state, ContainerInstance instance, Demand demand) {
    if (rules.queries().isEmpty()) {
      return true;
    }
    InstanceUsage usage = state.value(Tasks.USAGE, instance.key());
    Slot slot = new Slot(0, instance, usage, demand.group());
    return (rules.broken(slot, demand.group()) & Fit.MEMBER) == 0;
  }
}
