package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.Task;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Availability zone rebalancing.
@SuppressWarnings("unchecked") // the SDK takes varargs of consumers of builders
class RebalancingTest {
  private static final int MOVES_MAX = 20;

  /// Six tasks in zone a; zone b has only now come.
  private static Stage uneven(String rebalancing) {
    Stage stage = Stage.open().instance("one", 1000, 1000, "a");
    stage.create(one -> one.desiredCount(6).availabilityZoneRebalancing(rebalancing)).runAll();
    return stage.instance("two", 1000, 1000, "b");
  }

  @Test
  void spreadsTasksAgainWhenAZoneReturnsOneAtATime() {
    Stage stage = uneven("ENABLED");
    assertThat(zones(stage)).isEqualTo(Map.of("a", 6L, "b", 1L));
    assertThat(stage.events().subList(0, 2))
        .containsExactly(
            "has started 1 tasks in b to AZ Rebalance: (task T).",
            "is not AZ balanced with 6 tasks in a, 0 tasks in b. AZ Rebalancing in progress.");
    stage.pass(Duration.ofHours(1));
    assertThat(zones(stage)).as("it is not running yet").isEqualTo(Map.of("a", 6L, "b", 1L));
    stage.run().pass(ServiceController.SETTLE);
    assertThat(stage.events())
        .contains("has stopped 1 running tasks in a due to AZ rebalancing: (task T).");
    for (int i = 0; i < MOVES_MAX; i++) {
      assertThat(stage.wanted().size()).isBetween(6, 7);
      stage.run().pass(ServiceController.SETTLE).end();
    }
    assertThat(zones(stage)).isEqualTo(Map.of("a", 3L, "b", 3L));
    assertThat(stage.events()).contains("is AZ balanced with 3 tasks in a, 3 tasks in b.");
    assertThat(stage.described().runningCount()).isEqualTo(6);
  }

  @Test
  void leavesTasksWhereTheyAreUnlessItIsEnabled() {
    Stage stage = uneven("DISABLED");
    assertThat(zones(stage)).isEqualTo(Map.of("a", 6L));
    stage.update(one -> one.availabilityZoneRebalancing("ENABLED"));
    assertThat(zones(stage)).isEqualTo(Map.of("a", 6L, "b", 1L));
  }

  @Test
  void isOnWhereItSuitsUnlessAnythingElseIsSaid() {
    Stage stage = Stage.open().roomy().create(_ -> {});
    assertThat(stage.described().availabilityZoneRebalancingAsString()).isEqualTo("ENABLED");
    stage.update(one -> one.availabilityZoneRebalancing("DISABLED"));
    stage.update(_ -> {});
    assertThat(stage.described().availabilityZoneRebalancingAsString()).isEqualTo("DISABLED");
    Stage packed =
        Stage.open()
            .roomy()
            .create(one -> one.placementStrategy(two -> two.type("binpack").field("memory")));
    assertThat(packed.described().availabilityZoneRebalancingAsString()).isEqualTo("DISABLED");
  }

  @Test
  void triesTheNextEmptiestZoneWhenTheEmptiestHasNoRoom() {
    Stage stage = Stage.open().instance("one", 1000, 1000, "a");
    stage.create(one -> one.desiredCount(6)).runAll();
    stage.instance("two", 5, 5, "b").instance("three", 1000, 1000, "c");
    assertThat(zones(stage)).isEqualTo(Map.of("a", 6L, "c", 1L));
  }

  @Test
  void doesNothingWhereNoMoreTasksMayRun() {
    Stage stage = Stage.open().instance("one", 1000, 1000, "a");
    stage
        .create(
            one ->
                one.desiredCount(4)
                    .availabilityZoneRebalancing("ENABLED")
                    .deploymentConfiguration(
                        two -> two.minimumHealthyPercent(50).maximumPercent(100)))
        .runAll();
    stage.instance("two", 1000, 1000, "b").pass(Duration.ofHours(1));
    assertThat(zones(stage)).isEqualTo(Map.of("a", 4L));
  }

  @Test
  void saysThatAZoneHasNoRoom() {
    Stage stage = Stage.open().instance("one", 1000, 1000, "a");
    stage.create(one -> one.desiredCount(4).availabilityZoneRebalancing("ENABLED")).runAll();
    stage.instance("two", 5, 5, "b");
    assertThat(stage.events().getFirst())
        .isEqualTo(
            "is unable to place a task in b because no container instance met all of its"
                + " requirements.");
    stage.instance("three", 100, 100, "b");
    assertThat(zones(stage)).isEqualTo(Map.of("a", 4L, "b", 1L));
  }

  @Test
  void leavesProtectedTasks() {
    Stage stage = Stage.open().instance("one", 1000, 1000, "a");
    stage.create(one -> one.desiredCount(2).availabilityZoneRebalancing("ENABLED")).runAll();
    stage.wanted().forEach(task -> stage.protect(task, Duration.ofHours(1)));
    stage.instance("two", 1000, 1000, "b");
    assertThat(zones(stage)).isEqualTo(Map.of("a", 2L));
    stage.pass(Duration.ofHours(1));
    assertThat(zones(stage)).isEqualTo(Map.of("a", 2L, "b", 1L));
  }

  @Test
  void givesUpAMoveWhenTheZoneGoesAgain() {
    Stage stage = uneven("ENABLED");
    stage.instanceStatus("two", ContainerInstance.INACTIVE);
    stage.runAll();
    assertThat(zones(stage)).isEqualTo(Map.of("a", 6L));
    assertThat(stage.described().runningCount()).isEqualTo(6);
  }

  private static Map<String, Long> zones(Stage stage) {
    return stage.wanted().stream()
        .map(Task::availabilityZone)
        .map(String::valueOf)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }
}
