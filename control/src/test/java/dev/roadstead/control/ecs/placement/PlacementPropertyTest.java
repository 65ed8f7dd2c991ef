package dev.roadstead.control.ecs.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Reservation;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Laws over random clusters, held against an oracle that knows only rows: it recounts everything
/// from the tasks, one task at a time.
class PlacementPropertyTest {
  private static final int TRIES = 400;
  private static final List<String> GROUPS = List.of("service:s", "family:f", "g");
  private static final List<String> ZONES = List.of("a", "b", "c");
  private static final List<Strategy> STRATEGIES =
      List.of(
          new Strategy.Spread("instanceId"),
          new Strategy.Spread("attribute:ecs.availability-zone"),
          new Strategy.Spread("attribute:absent"),
          new Strategy.Binpack(false),
          new Strategy.Binpack(true),
          new Strategy.Random());
  private static final List<Constraint> CONSTRAINTS =
      List.of(
          new Constraint.DistinctInstance(),
          new Constraint.MemberOf("attribute:ecs.availability-zone in [a, b]"),
          new Constraint.MemberOf("task:group != family:f"),
          new Constraint.MemberOf("task:group == g or runningTasksCount < 3"));

  @Test
  void everyChoiceFitsIsBestAndEveryRefusalIsExplained() {
    for (long seed = 0; seed < TRIES; seed++) {
      RandomGenerator random = Machines.random(seed);
      Machines machines = cluster(random);
      check(machines, random, seed);
    }
  }

  @Test
  void alsoAfterAnyStory() {
    for (long seed = 0; seed < TRIES; seed++) {
      RandomGenerator random = Machines.random(TRIES + seed);
      Machines machines = cluster(random);
      for (int i = 0; i < 6; i++) {
        for (int steps = random.nextInt(12); steps > 0; steps--) {
          FleetStoryTest.happen(machines, random);
        }
        check(machines, random, seed);
      }
    }
  }

  /// More machines than a shelf's board holds and than are drawn by chance.
  @Test
  void alsoInAFullClusterOfMany() {
    RandomGenerator random = Machines.random(1);
    Machines machines = new Machines();
    for (int i = 0; i < 90; i++) {
      machines.instance("m" + i, 512, 384, "ecs.availability-zone=" + any(ZONES, random));
    }
    for (int i = 0; i < 40; i++) {
      check(machines, demand(random), random, i);
    }
  }

  @Test
  void everyChainOfStrategies() {
    long seed = 0;
    for (List<Strategy> chain : chains(3)) {
      for (int i = 0; i < 3; i++) {
        seed++;
        RandomGenerator random = Machines.random(seed);
        Machines.Asks asks = demand(random);
        Machines.Asks by = new Machines.Asks(asks.reservation()).group(asks.group());
        for (Strategy strategy : chain) {
          by = by.by(strategy);
        }
        check(cluster(random), by, random, seed);
      }
    }
  }

  private static List<List<Strategy>> chains(int length) {
    List<List<Strategy>> chains = new ArrayList<>();
    chains.add(List.of());
    for (int i = 0, end = 0; end < length; end++) {
      for (int upTo = chains.size(); i < upTo; i++) {
        for (Strategy strategy : STRATEGIES) {
          List<Strategy> longer = new ArrayList<>(chains.get(i));
          longer.add(strategy);
          chains.add(longer);
        }
      }
    }
    return chains;
  }

  private static void check(Machines machines, RandomGenerator random, long seed) {
    check(machines, demand(random), random, seed);
  }

  private static void check(
      Machines machines, Machines.Asks asks, RandomGenerator random, long seed) {
    int count = random.nextInt(1, 12);
    Choice choice = Placement.place(machines.state(), asks.demand(), count, Machines.random(seed));
    String label = "seed " + seed + ": " + asks;
    for (ContainerInstance chosen : choice.chosen()) {
      List<ContainerInstance> fitting = fitting(machines, asks);
      assertThat(fitting).as(label).contains(chosen);
      Comparator<ContainerInstance> order = order(machines, asks);
      assertThat(fitting).as(label).noneMatch(other -> order.compare(other, chosen) < 0);
      machines.task(chosen.id(), asks.group(), asks.reservation(), TaskStatus.PENDING);
    }
    if (choice.chosen().size() < count) {
      assertThat(fitting(machines, asks)).as(label).isEmpty();
      assertThat(choice.vetoes()).as(label).extracting(Veto::instance).isEqualTo(active(machines));
      assertThat(choice.vetoes()).as(label).allMatch(veto -> !veto.detail().isBlank());
    } else {
      assertThat(choice.vetoes()).as(label).isEmpty();
    }
  }

  private static Machines cluster(RandomGenerator random) {
    Machines machines = new Machines();
    int size = random.nextInt(0, 7);
    for (int i = 0; i < size; i++) {
      List<String> attributes = new ArrayList<>();
      if (random.nextInt(5) > 0) {
        attributes.add("ecs.availability-zone=" + any(ZONES, random));
      }
      if (random.nextBoolean()) {
        attributes.add("cap");
      }
      machines.instance(
          "m" + i,
          random.nextInt(1, 5) * 512,
          random.nextInt(1, 5) * 512,
          random.nextInt(8) > 0,
          random.nextInt(8) > 0 ? ContainerInstance.ACTIVE : ContainerInstance.DRAINING,
          attributes.toArray(String[]::new));
      for (int t = random.nextInt(4); t > 0; t--) {
        machines.task("m" + i, any(GROUPS, random), reservation(random));
      }
    }
    return machines;
  }

  private static Reservation reservation(RandomGenerator random) {
    List<Integer> tcp = random.nextInt(4) == 0 ? List.of(8080 + random.nextInt(2)) : List.of();
    List<Integer> udp = random.nextInt(8) == 0 ? List.of(53) : List.of();
    int gpus = random.nextInt(10) == 0 ? 1 : 0;
    return new Reservation(random.nextInt(4) * 128, random.nextInt(1, 4) * 128, tcp, udp, gpus);
  }

  static Machines.Asks demand(RandomGenerator random) {
    Machines.Asks asks = new Machines.Asks(reservation(random)).group(any(GROUPS, random));
    if (random.nextInt(4) == 0) {
      asks = asks.requires("cap");
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      asks = asks.by(any(STRATEGIES, random));
    }
    return switch (any(CONSTRAINTS, random)) {
      case Constraint.DistinctInstance _ when random.nextBoolean() -> asks.distinct();
      case Constraint.MemberOf member when random.nextBoolean() ->
          asks.memberOf(member.expression());
      case Constraint _ -> asks;
    };
  }

  private static List<ContainerInstance> active(Machines machines) {
    return machines.state().all(ContainerInstances.TABLE).stream()
        .filter(row -> row.status().equals(ContainerInstance.ACTIVE))
        .toList();
  }

  private static List<ContainerInstance> fitting(Machines machines, Machines.Asks asks) {
    return active(machines).stream().filter(row -> fits(machines, row, asks)).toList();
  }

  private static boolean fits(Machines machines, ContainerInstance instance, Machines.Asks asks) {
    List<Task> tasks = on(machines, instance);
    Reservation asked = asks.reservation();
    int gpus = tasks.stream().mapToInt(task -> task.reservation().gpus()).sum();
    return instance.connected()
        && cpuLeft(machines, instance) >= asked.cpuUnits()
        && memoryLeft(machines, instance) >= asked.memoryMib()
        && (asked.gpus() == 0 || gpus + asked.gpus() <= 1)
        && tasks.stream()
            .noneMatch(
                task ->
                    task.reservation().tcpPorts().stream().anyMatch(asked.tcpPorts()::contains)
                        || task.reservation().udpPorts().stream()
                            .anyMatch(asked.udpPorts()::contains))
        && asks.requires().stream().allMatch(a -> instance.attribute(a.name()) != null)
        && asks.constraints().stream().allMatch(rule -> keeps(instance, tasks, asks, rule));
  }

  private static boolean keeps(
      ContainerInstance instance, List<Task> tasks, Machines.Asks asks, Constraint rule) {
    List<String> groups = tasks.stream().map(Task::group).toList();
    return switch (rule) {
      case Constraint.DistinctInstance() -> !groups.contains(asks.group());
      case Constraint.MemberOf(String expression) ->
          switch (CONSTRAINTS.indexOf(rule)) {
            case 1 -> List.of("a", "b").contains(zone(instance));
            case 2 -> !groups.contains("family:f");
            case 3 -> groups.contains("g") || running(tasks) < 3;
            default -> throw new AssertionError(expression);
          };
    };
  }

  private static long running(List<Task> tasks) {
    return tasks.stream().filter(task -> task.lastStatus() == TaskStatus.RUNNING).count();
  }

  private static Comparator<ContainerInstance> order(Machines machines, Machines.Asks asks) {
    Comparator<ContainerInstance> order = (_, _) -> 0;
    for (Strategy strategy : asks.strategies()) {
      if (strategy instanceof Strategy.Random) {
        return order;
      }
      order = order.thenComparing(by(machines, asks.group(), strategy));
    }
    if (asks.strategies().isEmpty() && asks.group().startsWith("service:")) {
      order = by(machines, asks.group(), STRATEGIES.get(1));
      order = order.thenComparing(by(machines, asks.group(), STRATEGIES.get(0)));
    }
    return order;
  }

  private static Comparator<ContainerInstance> by(
      Machines machines, String group, Strategy strategy) {
    return switch (strategy) {
      case Strategy.Spread(String field) when field.equals("instanceId") ->
          Comparator.comparingLong(row -> grouped(machines, row, group));
      case Strategy.Spread(String field) when field.equals("attribute:absent") -> (_, _) -> 0;
      case Strategy.Spread _ ->
          Comparator.comparingLong(
              row ->
                  active(machines).stream()
                      .filter(other -> zone(other).equals(zone(row)))
                      .mapToLong(other -> grouped(machines, other, group))
                      .sum());
      case Strategy.Binpack(boolean memory) ->
          Comparator.comparingInt(
              row -> memory ? memoryLeft(machines, row) : cpuLeft(machines, row));
      case Strategy.Random() -> (_, _) -> 0;
    };
  }

  private static String zone(ContainerInstance instance) {
    Attribute zone = instance.attribute("ecs.availability-zone");
    return zone == null ? "" : String.valueOf(zone.value());
  }

  private static List<Task> on(Machines machines, ContainerInstance instance) {
    return machines.tasks().stream()
        .filter(task -> instance.id().equals(task.instanceId()) && !task.stopped())
        .toList();
  }

  private static long grouped(Machines machines, ContainerInstance instance, String group) {
    return on(machines, instance).stream().filter(task -> task.group().equals(group)).count();
  }

  private static int cpuLeft(Machines machines, ContainerInstance instance) {
    int taken = on(machines, instance).stream().mapToInt(t -> t.reservation().cpuUnits()).sum();
    return instance.cpuUnits() - taken;
  }

  private static int memoryLeft(Machines machines, ContainerInstance instance) {
    int taken = on(machines, instance).stream().mapToInt(t -> t.reservation().memoryMib()).sum();
    return instance.memoryMib() - taken;
  }

  private static <T> T any(List<T> of, RandomGenerator random) {
    return of.get(random.nextInt(of.size()));
  }
}
