package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.Machine;

/// A machine that can take one more task of a demand.
///
/// @param machine with what this placement has put there
/// @param placed tasks that this placement has put there
record Pick(Machine machine, int placed) {
  Pick taken(Demand demand) {
    return new Pick(machine.taking(demand.reservation()), placed + 1);
  }

  /// Tasks of the demand's group on it.
  int grouped(Demand demand) {
    return machine.tasksOf(demand.group()) + placed;
  }
}
