package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.Machine;
import dev.roadstead.control.ecs.table.Shelf;
import dev.roadstead.control.ecs.table.Yard;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Machines in an order that the fleet keeps. Walks each shelf once per call, whatever the number
/// of tasks; what has taken a task lines up again with what it has left.
final class OrderedLane implements Lane {
  /// The head of a walk, or a machine that has taken a task and is in no walk any more.
  private record Head(Pick pick, Shelf.@Nullable Cursor<Machine> from) {}

  private final Demand demand;
  private final Gate gate;
  private final Chain.Leaf leaf;
  private final PriorityQueue<Head> heads;

  OrderedLane(Demand demand, Gate gate, Chain.Leaf leaf, List<Yard> yards) {
    this.demand = demand;
    this.gate = gate;
    this.leaf = leaf;
    Comparator<Machine> order = order(leaf);
    heads = new PriorityQueue<>((a, b) -> order.compare(a.pick.machine(), b.pick.machine()));
    for (Yard yard : yards) {
      advance(cursor(yard));
    }
  }

  private static Comparator<Machine> order(Chain.Leaf leaf) {
    return switch (leaf) {
      case MEMORY -> Machine.BY_MEMORY;
      case CPU -> Machine.BY_CPU;
      default -> Machine.BY_LOAD;
    };
  }

  private Shelf.Cursor<Machine> cursor(Yard yard) {
    Shelf.Need need = gate.need();
    return switch (leaf) {
      case MEMORY -> {
        int start = yard.byMemory().first(Shelf.rank(need.memoryMib(), Integer.MIN_VALUE));
        yield yard.byMemory().cursor(start, need);
      }
      case CPU -> {
        int start = yard.byCpu().first(Shelf.rank(need.cpuUnits(), Integer.MIN_VALUE));
        yield yard.byCpu().cursor(start, need);
      }
      default -> yard.byLoad().cursor(0, need);
    };
  }

  private void advance(Shelf.Cursor<Machine> cursor) {
    for (Machine one = cursor.next(); one != null; one = cursor.next()) {
      if (gate.opensTo(one, 0)) {
        heads.add(new Head(new Pick(one, 0), cursor));
        return;
      }
    }
  }

  @Override
  public @Nullable Pick peek() {
    Head head = heads.peek();
    return head == null ? null : head.pick;
  }

  @Override
  public void take() {
    Head head = heads.remove();
    if (head.from != null) {
      advance(head.from);
    }
    Pick taken = head.pick.taken(demand);
    if (gate.opensTo(taken.machine(), taken.placed())) {
      heads.add(new Head(taken, null));
    }
  }

  @Override
  public int compare(Pick a, Pick b) {
    Machine one = a.machine();
    Machine other = b.machine();
    boolean first = demand.strategies().size() < 2 || leaf == Chain.Leaf.LOAD;
    return switch (leaf) {
      case MEMORY -> {
        int order = Integer.compare(one.memoryFree(), other.memoryFree());
        yield order != 0 || first ? order : Integer.compare(one.cpuFree(), other.cpuFree());
      }
      case CPU -> {
        int order = Integer.compare(one.cpuFree(), other.cpuFree());
        yield order != 0 || first ? order : Integer.compare(one.memoryFree(), other.memoryFree());
      }
      default -> {
        int order = Integer.compare(one.load(), other.load());
        yield order != 0 ? order : Integer.compare(one.tasks(), other.tasks());
      }
    };
  }
}
