package dev.roadstead.control.ecs.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Crew;
import dev.roadstead.control.ecs.table.Fleet;
import dev.roadstead.control.ecs.table.Fleets;
import dev.roadstead.control.ecs.table.Kind;
import dev.roadstead.control.ecs.table.Machine;
import dev.roadstead.control.ecs.table.Reservation;
import dev.roadstead.control.ecs.table.Seat;
import dev.roadstead.control.ecs.table.Shelf;
import dev.roadstead.control.ecs.table.Yard;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The fleet after any story of registrations, tasks, stops, drains and changed attributes is the
/// fleet made from the rows at once, and gives the same choices.
class FleetStoryTest {
  private static final int STORIES = 60;
  private static final int STEPS = 120;
  private static final List<String> GROUPS = List.of("service:s", "service:t", "family:f", "g");
  private static final List<String> ZONES = List.of("a", "b", "c");

  @Test
  void keptUpEqualsMadeAnew() {
    for (long seed = 0; seed < STORIES; seed++) {
      RandomGenerator random = Machines.random(seed);
      Machines machines = new Machines();
      for (int step = 0; step < STEPS; step++) {
        happen(machines, random);
        if (random.nextInt(4) == 0) {
          assertThat(text(Fleets.of(machines.state(), Machines.CLUSTER_KEY)))
              .as("seed %s, step %s", seed, step)
              .isEqualTo(text(Fleets.of(machines.reloaded(), Machines.CLUSTER_KEY)));
          assertThat(choice(machines.state(), seed + step))
              .as("seed %s, step %s", seed, step)
              .isEqualTo(choice(machines.reloaded(), seed + step));
        }
      }
    }
  }

  private static List<String> choice(State state, long seed) {
    RandomGenerator random = Machines.random(seed);
    Machines.Asks asks = PlacementPropertyTest.demand(random);
    return Machines.ids(Placement.place(state, asks.demand(), random.nextInt(1, 8), random));
  }

  @Test
  void anOlderPictureKeepsItsFleet() {
    Machines machines = new Machines().instance("a", 1000, 1000);
    var before = machines.state();
    machines.task("a", "g", Machines.takes(100, 100));
    var after = machines.state();
    Fleet now = Fleets.of(after, Machines.CLUSTER_KEY);
    Fleet then = Fleets.of(before, Machines.CLUSTER_KEY);
    assertThat(now.seats("g", now.yard(0)).size()).isEqualTo(1);
    assertThat(then.seats("g", then.yard(0)).size()).isZero();
    machines.stop(0);
    assertThat(Fleets.of(machines.state(), Machines.CLUSTER_KEY).crew("g").tasks(kind(after)))
        .isZero();
  }

  private static Kind kind(State state) {
    return Fleets.of(state, Machines.CLUSTER_KEY).yard(0).kind();
  }

  /// Registers, starts, stops, drains, connects or changes attributes. Also run by
  /// {@link PlacementPropertyTest}.
  static void happen(Machines machines, RandomGenerator random) {
    List<ContainerInstance> all = machines.state().all(ContainerInstances.TABLE);
    int what = random.nextInt(12);
    if (all.isEmpty() || what < 2) {
      register(machines, random);
      return;
    }
    ContainerInstance one = all.get(random.nextInt(all.size()));
    switch (what) {
      case 2 ->
          machines.status(
              one,
              one.status().equals(ContainerInstance.ACTIVE)
                  ? ContainerInstance.DRAINING
                  : ContainerInstance.ACTIVE,
              one.connected());
      case 3 -> machines.status(one, one.status(), !one.connected());
      case 4 -> machines.status(one, ContainerInstance.INACTIVE, false);
      case 5 -> machines.attributes(one, attributes(random));
      case 6, 7 -> machines.stop(random.nextInt(Math.max(1, machines.tasks().size())));
      default -> {
        if (!one.status().equals(ContainerInstance.INACTIVE)) {
          int gpus = random.nextInt(10) == 0 ? 1 : 0;
          List<Integer> tcp = random.nextInt(6) == 0 ? List.of(8080) : List.of();
          machines.task(
              one.id(),
              GROUPS.get(random.nextInt(GROUPS.size())),
              new Reservation(
                  random.nextInt(4) * 128, random.nextInt(4) * 128, tcp, List.of(), gpus));
        }
      }
    }
  }

  private static void register(Machines machines, RandomGenerator random) {
    machines.instance(
        "n" + machines.state().all(ContainerInstances.TABLE).size(),
        random.nextInt(1, 5) * 512,
        random.nextInt(1, 5) * 512,
        attributes(random));
  }

  private static String[] attributes(RandomGenerator random) {
    List<String> attributes = new ArrayList<>();
    if (random.nextInt(5) > 0) {
      attributes.add("ecs.availability-zone=" + ZONES.get(random.nextInt(ZONES.size())));
    }
    if (random.nextBoolean()) {
      attributes.add("cap");
    }
    return attributes.toArray(String[]::new);
  }

  /// Everything that can be asked of a fleet.
  private static String text(Fleet fleet) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < fleet.kinds(); i++) {
      Yard yard = fleet.yard(i);
      text.append(yard.kind()).append('\n');
      machines(yard.byMemory(), text);
      machines(yard.byCpu(), text);
      machines(yard.byLoad(), text);
      for (String group : GROUPS) {
        Crew crew = fleet.crew(group);
        text.append(group).append(' ').append(crew.tasks(yard.kind()));
        Shelf<Seat> seats = fleet.seats(group, yard);
        for (int k = 0; k < seats.size(); k++) {
          text.append(' ').append(seats.at(k));
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static void machines(Shelf<Machine> shelf, StringBuilder text) {
    for (int i = 0; i < shelf.size(); i++) {
      text.append(shelf.at(i)).append('\n');
    }
  }
}
