package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.Machine;
import dev.roadstead.control.ecs.table.Shelf;
import dev.roadstead.control.ecs.table.Yard;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Machines of some yards by a number: those with enough memory for the demand.
final class Sample {
  /// Draws before every machine is looked at: where one in four can take the task, all but one call
  /// in ten thousand find it by drawing.
  static final int DRAWS_MAX = 32;

  private final List<Yard> yards;
  private final Gate gate;
  private final int[] starts;
  private final int size;

  Sample(List<Yard> yards, Gate gate) {
    this.yards = yards;
    this.gate = gate;
    long least = Shelf.rank(gate.need().memoryMib(), Integer.MIN_VALUE);
    starts = new int[yards.size()];
    int sum = 0;
    for (int i = 0; i < starts.length; i++) {
      Shelf<Machine> shelf = yards.get(i).byMemory();
      starts[i] = shelf.first(least);
      sum += shelf.size() - starts[i];
    }
    size = sum;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /// Each as likely as the others. There must be one.
  Machine draw(RandomGenerator random) {
    int left = random.nextInt(size);
    for (int i = 0; i < starts.length; i++) {
      Shelf<Machine> shelf = yards.get(i).byMemory();
      int here = shelf.size() - starts[i];
      if (left < here) {
        return shelf.at(starts[i] + left);
      }
      left -= here;
    }
    throw new IllegalStateException("a number beyond the sample");
  }

  /// Those that have enough of everything.
  void forEach(Consumer<Machine> each) {
    for (int i = 0; i < starts.length; i++) {
      Shelf.Cursor<Machine> cursor = yards.get(i).byMemory().cursor(starts[i], gate.need());
      for (Machine one = cursor.next(); one != null; one = cursor.next()) {
        each.accept(one);
      }
    }
  }
}
