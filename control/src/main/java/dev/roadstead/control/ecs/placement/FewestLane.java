package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.Fleet;
import dev.roadstead.control.ecs.table.Machine;
import dev.roadstead.control.ecs.table.Seat;
import dev.roadstead.control.ecs.table.Shelf;
import dev.roadstead.control.ecs.table.Yard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Machines by how many tasks of the group they have: those without one first, drawn by chance, so
/// that groups do not all begin on the same machines; then those that the group's crew lists.
final class FewestLane implements Lane {
  /// The head of a walk over a crew, or a machine that has taken a task.
  private record Head(Pick pick, Shelf.@Nullable Cursor<Seat> from) {}

  private final Fleet fleet;
  private final Demand demand;
  private final Gate gate;
  private final RandomGenerator random;
  private final List<Yard> yards;
  private final Sample sample;
  private final PriorityQueue<Head> heads;

  /// Ids of those that have taken tasks.
  private final Set<String> touched = new HashSet<>();

  /// Those without a task of the group, once drawing has not found one.
  private @Nullable List<Pick> vacant;

  private boolean crewed;
  private @Nullable Pick next;
  private boolean fromHeads;

  FewestLane(Fleet fleet, Demand demand, Gate gate, List<Yard> yards, RandomGenerator random) {
    this.fleet = fleet;
    this.demand = demand;
    this.gate = gate;
    this.random = random;
    this.yards = yards;
    List<Yard> withVacancies = new ArrayList<>();
    for (Yard yard : yards) {
      if (fleet.seats(demand.group(), yard).size() < yard.size()) {
        withVacancies.add(yard);
      }
    }
    sample = new Sample(withVacancies, gate);
    heads =
        new PriorityQueue<>(
            Comparator.<Head>comparingInt(head -> head.pick.grouped(demand))
                .thenComparing(head -> head.pick.machine().id()));
  }

  @Override
  public @Nullable Pick peek() {
    if (next == null) {
      next = drawVacant();
      fromHeads = next == null;
    }
    if (next == null) {
      crew();
      Head head = heads.peek();
      next = head == null ? null : head.pick;
    }
    return next;
  }

  private @Nullable Pick drawVacant() {
    List<Pick> listed = vacant;
    if (listed == null) {
      for (int i = 0; i < Sample.DRAWS_MAX && !sample.isEmpty(); i++) {
        Machine machine = sample.draw(random);
        if (isVacant(machine)) {
          return new Pick(machine, 0);
        }
      }
      List<Pick> found = new ArrayList<>();
      sample.forEach(
          machine -> {
            if (isVacant(machine)) {
              found.add(new Pick(machine, 0));
            }
          });
      vacant = found;
      listed = found;
    }
    if (listed.isEmpty()) {
      return null;
    }
    int at = random.nextInt(listed.size());
    Pick pick = listed.get(at);
    listed.set(at, listed.getLast());
    listed.removeLast();
    return pick;
  }

  private boolean isVacant(Machine machine) {
    return machine.tasksOf(demand.group()) == 0
        && !touched.contains(machine.id())
        && gate.opensTo(machine, 0);
  }

  private void crew() {
    if (!crewed) {
      crewed = true;
      for (Yard yard : yards) {
        advance(fleet.seats(demand.group(), yard).cursor(0, Shelf.Need.NOTHING));
      }
    }
  }

  private void advance(Shelf.Cursor<Seat> cursor) {
    for (Seat seat = cursor.next(); seat != null; seat = cursor.next()) {
      Machine machine = fleet.find(seat.key());
      if (machine != null && gate.opensTo(machine, 0)) {
        heads.add(new Head(new Pick(machine, 0), cursor));
        return;
      }
    }
  }

  @Override
  public void take() {
    Pick taken = next;
    if (taken == null) {
      return;
    }
    if (fromHeads) {
      Head head = heads.remove();
      if (head.from != null) {
        advance(head.from);
      }
    }
    touched.add(taken.machine().id());
    Pick again = taken.taken(demand);
    if (gate.opensTo(again.machine(), again.placed())) {
      heads.add(new Head(again, null));
    }
    next = null;
  }

  @Override
  public int compare(Pick a, Pick b) {
    return Integer.compare(a.grouped(demand), b.grouped(demand));
  }
}
