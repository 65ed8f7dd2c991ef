package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.ServiceTasks;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Protected tasks stay; tasks of an instance that is lost are replaced, and kept when it is back.
class ProtectedAndLostTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LEASE = Duration.ofSeconds(20);

  @Test
  void scaleInLeavesProtectedTasks() {
    Stage stage = Stage.open().roomy().create(one -> one.desiredCount(4)).runAll();
    Task kept = stage.wanted().get(2);
    stage.protect(kept, HOUR).update(one -> one.desiredCount(0));
    assertThat(stage.wanted()).containsExactly(kept);
    assertThat(stage.events())
        .contains(
            "was unable to reach steady state because (taskSet D) was unable to scale in due to"
                + " (reason 1 tasks under protection)");
    stage.pass(HOUR);
    assertThat(stage.wanted()).as("its time is over").isEmpty();
  }

  @Test
  void scaleInKeepsAHealthyTaskWhileTheProtectedOnesAreNotHealthyYet() {
    Stage stage = Stage.open().roomy().create(one -> one.desiredCount(1)).runAll();
    Task healthy = stage.wanted().getFirst();
    stage.update(one -> one.desiredCount(3));
    stage.wanted(TaskStatus.PENDING).forEach(task -> stage.protect(task, HOUR));
    stage.update(one -> one.desiredCount(1));
    assertThat(stage.wanted()).hasSize(3).contains(healthy);
    stage.run().pass(ServiceController.SETTLE);
    assertThat(stage.wanted()).hasSize(2).doesNotContain(healthy);
  }

  @Test
  void aDeploymentWaitsForProtectedTasks() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    Task kept = stage.wanted().getFirst();
    stage.protect(kept, HOUR).update(one -> one.taskDefinition("app:2"));
    stage.runAll();
    assertThat(stage.wanted()).hasSize(3).contains(kept);
    assertThat(stage.described().deployments()).hasSize(2);
    assertThat(stage.described().deployments().getFirst().rolloutStateAsString())
        .isEqualTo("IN_PROGRESS");
    stage.pass(HOUR).runAll();
    assertThat(stage.wanted()).hasSize(2).doesNotContain(kept);
    assertThat(stage.described().deployments()).hasSize(1);
  }

  @Test
  void drainingWaitsForProtectedTasksAndTellsHowFarItIs() {
    Stage stage = Stage.open().roomy().create(one -> one.desiredCount(4)).runAll();
    Task kept = on(stage, "one").getFirst();
    stage.protect(kept, HOUR).instanceStatus("one", ContainerInstance.DRAINING);
    assertThat(stage.events())
        .contains("has 2 tasks left on draining container instances, 1 of them under protection.");
    stage.runAll();
    assertThat(on(stage, "one")).containsExactly(kept);
    assertThat(on(stage, "two")).hasSize(4);
    assertThat(stage.events())
        .contains("has 1 tasks left on draining container instances, 1 of them under protection.");
    stage.pass(HOUR).runAll();
    assertThat(on(stage, "one")).isEmpty();
    assertThat(stage.events().getFirst()).isEqualTo("has reached a steady state.");
  }

  @Test
  void aProtectedTaskThatFailsItsHealthCheckIsReplaced() {
    Stage stage = Stage.open().roomy().create(one -> one.taskDefinition("checked:1")).run();
    stage.wanted().forEach(task -> stage.health(task, Health.HEALTHY));
    Task sick = stage.settle().wanted().getFirst();
    stage.protect(sick, HOUR).health(sick, Health.UNHEALTHY);
    stage.settle().run();
    stage.wanted().stream()
        .filter(task -> task.health() == Health.UNKNOWN)
        .forEach(task -> stage.health(task, Health.HEALTHY));
    stage.settle();
    assertThat(stage.wanted()).hasSize(2).doesNotContain(sick);
  }

  @Test
  void nothingIsRestartedWhenAnInstanceIsBackWithinItsLease() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    List<Task> before = stage.wanted();
    stage.disconnect("one", LEASE).pass(Duration.ofSeconds(19));
    assertThat(stage.wanted()).isEqualTo(before);
    stage.connect("one").pass(HOUR);
    assertThat(stage.wanted()).isEqualTo(before);
    assertThat(stage.stopping()).isEmpty();
  }

  @Test
  void tasksOfALostInstanceAreReplacedAndTheSurplusStopsWhenItIsBack() {
    Stage stage =
        Stage.open().roomy().create(one -> one.availabilityZoneRebalancing("DISABLED")).runAll();
    Task away = on(stage, "one").getFirst();
    stage.disconnect("one", LEASE).pass(LEASE);
    assertThat(on(stage, "two")).hasSize(2);
    assertThat(stage.wanted()).as("it may still run").contains(away);
    stage.runAll();
    assertThat(stage.described().runningCount()).isEqualTo(2);
    assertThat(stage.events().getFirst()).isEqualTo("has reached a steady state.");
    stage.connect("one");
    assertThat(stage.wanted()).hasSize(2).doesNotContain(away);
    stage.end();
    assertThat(stage.world.state().count(ServiceTasks.AWAY_BY_SERVICE, stage.row().key())).isZero();
  }

  @Test
  void replacementsThatAreNotHealthyYetGoWhenTheInstanceIsBack() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    List<Task> before = stage.wanted();
    stage.disconnect("one", LEASE).pass(LEASE);
    assertThat(stage.wanted(TaskStatus.PENDING)).hasSize(1);
    stage.connect("one");
    assertThat(stage.wanted()).isEqualTo(before);
  }

  @Test
  void tasksThatNobodyCouldReplaceAreKeptWhenTheInstanceIsBack() {
    Stage stage = Stage.open().instance("one", 1000, 1000, "a").create(_ -> {}).runAll();
    List<Task> before = stage.wanted();
    stage.disconnect("one", LEASE).pass(HOUR);
    assertThat(stage.wanted()).isEqualTo(before);
    assertThat(stage.described().runningCount()).isZero();
    stage.connect("one").pass(HOUR);
    assertThat(stage.wanted()).isEqualTo(before);
    assertThat(stage.described().runningCount()).isEqualTo(2);
    assertThat(stage.events().getFirst()).isEqualTo("has reached a steady state.");
    assertThat(stage.world.state().count(ServiceTasks.AWAY_BY_SERVICE, stage.row().key())).isZero();
  }

  @Test
  void aDeploymentEndsThoughTasksOfAnOlderOneAreOnALostInstance() {
    Stage stage =
        Stage.open().roomy().create(one -> one.availabilityZoneRebalancing("DISABLED")).runAll();
    stage.disconnect("one", LEASE).pass(LEASE).update(one -> one.taskDefinition("app:2"));
    stage.runAll();
    assertThat(stage.described().deployments()).hasSize(1);
    stage.connect("one").end();
    assertThat(stage.wanted()).hasSize(2).allMatch(task -> task.revision() == 2);
  }

  private static List<Task> on(Stage stage, String instance) {
    return stage.wanted().stream().filter(task -> instance.equals(task.instanceId())).toList();
  }
}
