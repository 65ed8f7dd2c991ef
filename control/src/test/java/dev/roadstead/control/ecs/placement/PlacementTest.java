package dev.roadstead.control.ecs.placement;

import static dev.roadstead.control.ecs.placement.Machines.asks;
import static dev.roadstead.control.ecs.placement.Machines.ids;
import static dev.roadstead.control.ecs.placement.Machines.takes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.Reservation;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static final String AZ = "ecs.availability-zone=";

  @Test
  void fillsToTheLastUnitAndSaysWhatLacks() {
    Machines machines = new Machines().instance("a", 2048, 1000).task("a", "x", takes(512, 100));
    Choice choice = machines.place(asks(1024, 300), 3);
    assertThat(ids(choice)).containsExactly("a");
    assertThat(choice.vetoes())
        .extracting(Veto::reason, Veto::detail)
        .containsExactly(tuple("RESOURCE:CPU", "needs 1024 CPU units, 512 of 2048 are free"));
    assertThat(ids(machines.place(asks(768, 450), 2))).containsExactly("a", "a");
  }

  @Test
  void namesEveryLackAndAnswersWithTheFirst() {
    Machines machines = new Machines().instance("a", 1024, 512);
    Choice choice = machines.place(asks(2048, 1024, 22).requires("gone"), 1);
    assertThat(choice.vetoes())
        .extracting(Veto::reason, Veto::detail)
        .containsExactly(
            tuple(
                "RESOURCE:CPU",
                "needs 2048 CPU units, 1024 of 1024 are free; "
                    + "needs 1024 MiB of memory, 512 of 512 are free; "
                    + "needs host port 22/tcp, which is in use; "
                    + "needs attribute gone, which it lacks"));
  }

  @Test
  void givesAFixedPortOnlyOnce() {
    Machines machines = new Machines().instance("a", 4096, 4096).instance("b", 4096, 4096);
    Choice choice = machines.place(asks(1, 1, 8080), 3);
    assertThat(ids(choice)).containsExactlyInAnyOrder("a", "b");
    assertThat(choice.vetoes()).extracting(Veto::reason).containsOnly("RESOURCE:PORTS").hasSize(2);
    machines.task("a", "x", takes(1, 1, 8080));
    assertThat(ids(machines.place(asks(1, 1, 8080), 2))).containsExactly("b");
    Reservation udp = new Reservation(1, 1, List.of(), List.of(8080), 0);
    assertThat(ids(machines.place(new Machines.Asks(udp), 2))).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void countsGpus() {
    Machines machines = new Machines().instance("a", 4096, 4096);
    Choice choice =
        machines.place(new Machines.Asks(new Reservation(1, 1, List.of(), List.of(), 1)), 2);
    assertThat(ids(choice)).containsExactly("a");
    assertThat(choice.vetoes())
        .extracting(Veto::reason, Veto::detail)
        .containsExactly(tuple("RESOURCE:GPU", "needs 1 GPUs, 0 of 1 are free"));
  }

  @Test
  void vetoesTheDisconnectedAndPassesOverTheDraining() {
    Machines machines =
        new Machines()
            .instance("a", 4096, 4096, false, ContainerInstance.ACTIVE)
            .instance("b", 4096, 4096, true, ContainerInstance.DRAINING);
    Choice choice = machines.place(asks(1, 1), 1);
    assertThat(choice.chosen()).isEmpty();
    assertThat(choice.vetoes())
        .extracting(veto -> veto.instance().id(), Veto::reason, Veto::detail)
        .containsExactly(tuple("a", "AGENT", "the agent is not connected"));
    assertThat(new Machines().place(asks(1, 1), 1).vetoes()).isEmpty();
  }

  @Test
  void requiresAttributesByNameAndByValueWhenGiven() {
    Machines machines =
        new Machines()
            .instance("a", 100, 100, "ecs.os-type=linux", "ecs.cpu-architecture=x86_64", "cap")
            .instance("b", 100, 100, "ecs.cpu-architecture=arm64", "ecs.capability.external");
    assertThat(ids(machines.place(asks(1, 1).requires("cap"), 1))).containsExactly("a");
    assertThat(ids(machines.place(asks(1, 1).requires("ecs.cpu-architecture=ARM64"), 1)))
        .containsExactly("b");
    assertThat(ids(machines.place(asks(1, 1).outside(), 1))).containsExactly("b");
    assertThat(machines.place(asks(1, 1).requires("ecs.os-type=WINDOWS"), 1).vetoes())
        .extracting(Veto::reason, Veto::detail)
        .containsExactly(
            tuple("ATTRIBUTE", "needs attribute ecs.os-type = WINDOWS, has = linux"),
            tuple("ATTRIBUTE", "needs attribute ecs.os-type = WINDOWS, which it lacks"));
  }

  @Test
  void constraintsBind() {
    Machines machines =
        new Machines()
            .instance("a", 100, 100, "stack=prod")
            .instance("b", 100, 100, "stack=test")
            .task("b", "family:f", takes(1, 1));
    assertThat(ids(machines.place(asks(1, 1).distinct(), 2))).containsExactly("a");
    Choice choice = machines.place(asks(1, 1).distinct().memberOf("attribute:stack == test"), 1);
    assertThat(choice.vetoes())
        .extracting(Veto::reason, Veto::detail)
        .containsExactly(
            tuple(
                "MemberOf placement constraint unsatisfied.",
                "does not match attribute:stack == test"),
            tuple(
                "DistinctInstance placement constraint unsatisfied.",
                "already has a task of group family:f"));
    assertThat(ids(machines.place(asks(1, 1).memberOf("task:group != family:f"), 3)))
        .containsExactly("a");
    assertThat(ids(machines.place(asks(1, 1).group("g").memberOf("task:group == g"), 1))).isEmpty();
  }

  @Test
  void spreadsOverValuesThenInstances() {
    Machines machines =
        new Machines()
            .instance("a1", 9999, 9999, AZ + "a")
            .instance("a2", 9999, 9999, AZ + "a")
            .instance("b1", 9999, 9999, AZ + "b")
            .task("b1", "service:s", takes(1, 1))
            .task("a1", "service:other", takes(1, 1));
    List<String> chosen = ids(machines.place(asks(1, 1).group("service:s"), 4));
    assertThat(chosen.getFirst()).startsWith("a");
    assertThat(chosen).contains("a1", "a2").filteredOn("b1"::equals).hasSize(1);
    Machines.Asks byInstance = asks(1, 1).by(new Strategy.Spread("instanceId"));
    assertThat(ids(machines.place(byInstance, 3))).containsExactlyInAnyOrder("a1", "a2", "b1");
  }

  @Test
  void packsIntoTheFullestThatFits() {
    Machines machines =
        new Machines()
            .instance("a", 1000, 1000)
            .instance("b", 1000, 1000)
            .instance("c", 1000, 1000)
            .task("b", "x", takes(100, 900))
            .task("c", "x", takes(900, 100));
    assertThat(ids(machines.place(asks(100, 100).by(new Strategy.Binpack(false)), 3)))
        .containsExactly("c", "b", "a");
    assertThat(ids(machines.place(asks(100, 100).by(new Strategy.Binpack(true)), 3)))
        .containsExactly("b", "c", "a");
  }

  @Test
  void leavesNoInstanceToChanceWithoutAStrategy() {
    Machines machines =
        new Machines().instance("a", 100, 100).instance("b", 100, 100).instance("c", 100, 100);
    List<String> chosen = ids(machines.place(asks(10, 10), 6));
    assertThat(chosen).containsOnly("a", "b", "c");
    assertThat(chosen.subList(0, 3)).doesNotHaveDuplicates();
  }

  @Test
  void repeatsItselfForTheSameSeed() {
    Machines machines = new Machines();
    for (int i = 0; i < 20; i++) {
      machines.instance("m" + i, 9999, 9999);
    }
    Machines.Asks random = asks(1, 1).by(new Strategy.Random());
    List<String> first = ids(machines.place(random, 50));
    assertThat(ids(machines.place(random, 50))).isEqualTo(first);
    assertThat(first.stream().distinct().count()).isGreaterThan(10);
  }

  @Test
  void checksOneInstanceForStartTask() {
    Machines machines = new Machines().instance("a", 1024, 100).task("a", "x", takes(1024, 1));
    assertThat(Placement.veto(machines.state(), machines.get("a"), asks(0, 99).demand())).isNull();
    assertThat(Placement.veto(machines.state(), machines.get("a"), asks(1, 1).demand()))
        .extracting(veto -> veto == null ? "" : veto.reason())
        .isEqualTo("RESOURCE:CPU");
  }

  @Test
  void tellsServicesTheNearestMiss() {
    Machines machines =
        new Machines()
            .instance("a", 512, 100)
            .instance("b", 900, 2000)
            .instance("c", 9999, 9999, false, ContainerInstance.ACTIVE);
    assertThat(machines.place(asks(1024, 500), 1).event())
        .isEqualTo(
            "was unable to place a task because no container instance met all of its requirements."
                + " The closest matching container-instance b has insufficient CPU units available."
                + " For more information, see the Troubleshooting section of the Amazon ECS"
                + " Developer Guide.");
    assertThat(new Machines().place(asks(1, 1), 1).event())
        .contains("No Container Instances were found in your cluster");
  }

  @Test
  void saysOfEachReasonHowManyItStruckAndTheNearestMiss() {
    Machines machines =
        new Machines()
            .instance("a", 4096, 490, "stack=prod")
            .instance("b", 512, 128, "stack=prod")
            .instance("c", 4096, 400);
    Choice choice = machines.place(asks(1024, 512).memberOf("attribute:stack == prod"), 2);
    assertThat(choice.shortfalls())
        .extracting(
            one -> one.cause().reason(),
            Shortfall::count,
            Shortfall::needed,
            Shortfall::nearest,
            one -> one.instance().id(),
            Shortfall::detail)
        .containsExactly(
            tuple("RESOURCE:CPU", 1, 1024, 512, "b", "needs 1024 CPU units, 512 of 512 are free"),
            tuple(
                "RESOURCE:MEMORY",
                3,
                512,
                490,
                "a",
                "needs 512 MiB of memory, 490 of 490 are free"),
            tuple(
                "MemberOf placement constraint unsatisfied.",
                1,
                null,
                null,
                "c",
                "does not match attribute:stack == prod"));
    assertThat(machines.place(asks(1, 1), 1).shortfalls()).isEmpty();
    assertThat(new Machines().place(asks(1, 1), 1).shortfalls()).isEmpty();
  }
}
