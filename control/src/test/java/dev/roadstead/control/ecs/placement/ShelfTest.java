package dev.roadstead.control.ecs.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.table.Shelf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// A shelf against a sorted set, over many more items than a board holds.
class ShelfTest {
  private static final int STEPS = 20_000;

  private record Thing(int id, int cpuFree, int memoryFree, int gpusFree) implements Shelf.Item {}

  /// With ties that many have in common.
  private static final Shelf.Order<Thing> ORDER =
      new Shelf.Order<>(
          thing -> Shelf.rank(thing.memoryFree() / 10, thing.memoryFree() % 10),
          thing -> thing.id() % 3,
          Comparator.comparingInt(Thing::id));

  @Test
  void holdsWhatASortedSetHolds() {
    RandomGenerator random = Machines.random(3);
    Shelf<Thing> shelf = Shelf.empty(ORDER);
    TreeSet<Thing> set = new TreeSet<>(ORDER);
    for (int step = 0; step < STEPS; step++) {
      boolean grows = step / 4000 % 2 == 0;
      if (set.isEmpty() || random.nextInt(10) < (grows ? 7 : 2)) {
        Thing thing = new Thing(step, random.nextInt(100), random.nextInt(500), random.nextInt(3));
        set.add(thing);
        shelf = shelf.with(thing);
      } else if (random.nextBoolean()) {
        Thing thing = shelf.at(random.nextInt(shelf.size()));
        int memory = thing.memoryFree() + (random.nextBoolean() ? 0 : random.nextInt(-20, 20));
        Thing moved = new Thing(thing.id(), random.nextInt(100), memory, random.nextInt(3));
        assertThat(set.remove(thing)).isTrue();
        set.add(moved);
        shelf = shelf.moved(thing, moved);
      } else {
        Thing thing = shelf.at(random.nextInt(shelf.size()));
        assertThat(set.remove(thing)).isTrue();
        shelf = shelf.without(thing);
      }
      assertThat(shelf.size()).isEqualTo(set.size());
      if (step % 500 == 0) {
        compare(shelf, new ArrayList<>(set), random);
      }
    }
  }

  private static void compare(Shelf<Thing> shelf, List<Thing> sorted, RandomGenerator random) {
    for (int i = 0; i < sorted.size(); i++) {
      assertThat(shelf.at(i)).isEqualTo(sorted.get(i));
    }
    Shelf.Need need = new Shelf.Need(random.nextInt(110), random.nextInt(510), random.nextInt(3));
    int from = random.nextInt(sorted.size() + 1);
    Shelf.Cursor<Thing> cursor = shelf.cursor(from, need);
    for (Thing thing : sorted.subList(from, sorted.size())) {
      if (need.metBy(thing)) {
        assertThat(cursor.next()).isEqualTo(thing);
      }
    }
    assertThat(cursor.next()).isNull();
    int bound = random.nextInt(510);
    long below = sorted.stream().filter(one -> one.memoryFree() < bound).count();
    assertThat(shelf.first(Shelf.rank(bound / 10, bound % 10))).isEqualTo((int) below);
  }
}
