package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.Machine;
import dev.roadstead.control.ecs.table.Yard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Machines in no order: each that can take the task is as likely as the others.
final class AnyLane implements Lane {
  private final Demand demand;
  private final Gate gate;
  private final RandomGenerator random;
  private final Sample sample;

  /// Those that have taken tasks, by id.
  private final Map<String, Pick> touched = new HashMap<>();

  private @Nullable Pick next;

  AnyLane(Demand demand, Gate gate, List<Yard> yards, RandomGenerator random) {
    this.demand = demand;
    this.gate = gate;
    this.random = random;
    sample = new Sample(yards, gate);
  }

  @Override
  public @Nullable Pick peek() {
    if (next == null && !sample.isEmpty()) {
      next = draw();
    }
    return next;
  }

  private @Nullable Pick draw() {
    for (int i = 0; i < Sample.DRAWS_MAX; i++) {
      Pick pick = now(sample.draw(random));
      if (gate.opensTo(pick.machine(), pick.placed())) {
        return pick;
      }
    }
    List<Pick> all = new ArrayList<>();
    sample.forEach(
        machine -> {
          Pick pick = now(machine);
          if (gate.opensTo(pick.machine(), pick.placed())) {
            all.add(pick);
          }
        });
    return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
  }

  private Pick now(Machine machine) {
    Pick pick = touched.get(machine.id());
    return pick == null ? new Pick(machine, 0) : pick;
  }

  @Override
  public void take() {
    Pick taken = next;
    if (taken != null) {
      touched.put(taken.machine().id(), taken.taken(demand));
      next = null;
    }
  }

  @Override
  public int compare(Pick a, Pick b) {
    return 0;
  }
}
