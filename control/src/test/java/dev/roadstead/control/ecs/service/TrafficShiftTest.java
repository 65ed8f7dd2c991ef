package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.Shift;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentRequest;

/// The strategies BLUE_GREEN, LINEAR and CANARY, of a service without load balancer.
class TrafficShiftTest {
  private static Stage stage(Consumer<DeploymentConfiguration.Builder> configuration) {
    Stage stage =
        Stage.open()
            .roomy()
            .create(one -> one.desiredCount(4).deploymentConfiguration(configuration))
            .runAll();
    for (int i = 0; i < 300 && stage.row().primary().inProgress(); i++) {
      stage.pass(Duration.ofMinutes(1));
    }
    assertThat(stage.row().primary().rolloutState()).isEqualTo(ServiceDeployment.COMPLETED);
    stage.update(one -> one.taskDefinition("app:2"));
    return stage;
  }

  private static Shift shift(Stage stage) {
    Shift shift = stage.row().primary().shift();
    if (shift == null) {
      throw new AssertionError("no shift");
    }
    return shift;
  }

  private static List<Double> weights(Stage stage) {
    var record = ServiceHistoryTest.newest(stage);
    return List.of(
        record.sourceServiceRevisions().getFirst().requestedProductionTrafficWeight(),
        record.targetServiceRevision().requestedProductionTrafficWeight());
  }

  private static long of(Stage stage, int revision) {
    return stage.wanted().stream().filter(one -> one.revision() == revision).count();
  }

  @Test
  void blueStaysWholeUntilGreenHasBaked() {
    Stage stage = stage(one -> one.strategy("BLUE_GREEN").bakeTimeInMinutes(5));
    assertThat(stage.wanted(TaskStatus.PENDING)).hasSize(4).allMatch(one -> one.revision() == 2);
    assertThat(of(stage, 1)).isEqualTo(4);
    assertThat(weights(stage)).containsExactly(100.0, 0.0);
    assertThat(ServiceHistoryTest.newest(stage).lifecycleStageAsString()).isEqualTo("SCALE_UP");
    stage.run().pass(ServiceController.SETTLE);
    assertThat(shift(stage).stage()).isEqualTo(Shift.Stage.BAKE_TIME);
    assertThat(weights(stage)).containsExactly(0.0, 100.0);
    stage.pass(Duration.ofSeconds(299));
    assertThat(of(stage, 1)).isEqualTo(4);
    assertThat(stage.row().primary().inProgress()).isTrue();
    stage.pass(Duration.ofSeconds(1));
    assertThat(of(stage, 1)).isZero();
    stage.end();
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("SUCCESSFUL");
    assertThat(ServiceHistoryTest.newest(stage).lifecycleStageAsString()).isEqualTo("CLEAN_UP");
    assertThat(stage.described().deployments()).hasSize(1);
    assertThat(stage.wanted()).hasSize(4).allMatch(one -> one.revision() == 2);
  }

  @Test
  void bothSidesAreKeptMeanwhile() {
    Stage stage = stage(one -> one.strategy("BLUE_GREEN").bakeTimeInMinutes(60));
    stage.run().pass(ServiceController.SETTLE);
    for (int revision : List.of(1, 2)) {
      Task one =
          stage.wanted().stream().filter(task -> task.revision() == revision).findFirst().get();
      stage.exits(one, 0);
      stage.settle().pass(Duration.ofSeconds(2)).run();
      assertThat(of(stage, 1)).isEqualTo(4);
      assertThat(of(stage, 2)).isEqualTo(4);
    }
    stage.update(one -> one.desiredCount(2));
    assertThat(of(stage, 1)).isEqualTo(2);
    assertThat(of(stage, 2)).isEqualTo(2);
    stage.update(one -> one.desiredCount(5));
    stage.run();
    assertThat(of(stage, 1)).isEqualTo(5);
    assertThat(of(stage, 2)).isEqualTo(5);
  }

  @Test
  void aCanaryGetsAllAfterItsTime() {
    Stage stage =
        stage(
            one ->
                one.strategy("CANARY")
                    .canaryConfiguration(
                        two -> two.canaryPercent(20.0).canaryBakeTimeInMinutes(3)));
    stage.run().pass(ServiceController.SETTLE);
    assertThat(weights(stage)).containsExactly(80.0, 20.0);
    assertThat(ServiceHistoryTest.newest(stage).lifecycleStageAsString())
        .isEqualTo("PRODUCTION_TRAFFIC_SHIFT");
    stage.pass(Duration.ofSeconds(179));
    assertThat(weights(stage)).containsExactly(80.0, 20.0);
    stage.pass(Duration.ofSeconds(1)).end();
    assertThat(weights(stage)).containsExactly(0.0, 100.0);
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("SUCCESSFUL");
  }

  @Test
  void linearStepsUpToAll() {
    Stage stage =
        stage(
            one ->
                one.strategy("LINEAR")
                    .bakeTimeInMinutes(1)
                    .linearConfiguration(two -> two.stepPercent(40.0).stepBakeTimeInMinutes(1)));
    stage.run().pass(ServiceController.SETTLE);
    assertThat(weights(stage)).containsExactly(60.0, 40.0);
    stage.pass(Duration.ofMinutes(1));
    assertThat(weights(stage)).containsExactly(20.0, 80.0);
    stage.pass(Duration.ofMinutes(1));
    assertThat(weights(stage)).containsExactly(0.0, 100.0);
    assertThat(shift(stage).stage()).as("no step bake at 100 %").isEqualTo(Shift.Stage.BAKE_TIME);
    stage.pass(Duration.ofMinutes(1)).end();
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("SUCCESSFUL");
  }

  @Test
  void theCircuitBreakerTakesTrafficBack() {
    Stage stage =
        stage(
            one ->
                one.strategy("BLUE_GREEN")
                    .bakeTimeInMinutes(60)
                    .deploymentCircuitBreaker(two -> two.enable(true).rollback(true)));
    List<Task> old = stage.wanted(TaskStatus.RUNNING);
    stage.run().pass(ServiceController.SETTLE);
    assertThat(weights(stage)).containsExactly(0.0, 100.0);
    stage.wanted().stream()
        .filter(one -> one.revision() == 2)
        .limit(3)
        .forEach(one -> stage.exits(one, 1));
    stage.settle();
    assertThat(weights(stage)).containsExactly(100.0, 0.0);
    stage.end().pass(ServiceController.SETTLE);
    assertThat(stage.wanted()).as("never restarted").isEqualTo(old);
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("ROLLBACK_SUCCESSFUL");
    assertThat(weights(stage)).containsExactly(100.0, 0.0);
  }

  @Test
  void isRolledBackOnRequestAndAnewAfterwards() {
    Stage stage = stage(one -> one.strategy("BLUE_GREEN").bakeTimeInMinutes(60));
    List<Task> old = stage.wanted(TaskStatus.RUNNING);
    stage.run().pass(ServiceController.SETTLE);
    stage.world.call(
        new StopServiceDeployment(),
        StopServiceDeploymentRequest.builder()
            .serviceDeploymentArn(ServiceHistoryTest.newest(stage).serviceDeploymentArn())
            .build());
    stage.end();
    assertThat(stage.wanted()).isEqualTo(old);
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("ROLLBACK_SUCCESSFUL");
    stage.update(one -> one.taskDefinition("app:2"));
    stage.update(one -> one.taskDefinition("checked:1"));
    assertThat(of(stage, 1) - stage.wanted().stream().filter(TrafficShiftTest::checked).count())
        .as("superseded, and blue is still whole")
        .isEqualTo(4);
  }

  private static boolean checked(Task task) {
    return task.family().equals("checked");
  }

  @Test
  void greenThatNeverComesUpEndsInTime() {
    Stage stage = stage(one -> one.strategy("BLUE_GREEN").bakeTimeInMinutes(0));
    stage.pass(Duration.ofHours(24));
    assertThat(stage.row().primary().rolloutState()).isEqualTo(ServiceDeployment.FAILED);
    assertThat(of(stage, 1)).isGreaterThanOrEqualTo(4);
  }

  @Test
  void whatTheOldSideLacksIsToldAndTriedAgain() {
    Stage stage = Stage.open();
    stage.world.apply(
        List.of(
            Stage.definition(stage.world, "big", 1, 50),
            Stage.definition(stage.world, "big", 2, 10)));
    stage
        .instance("one", 130, 10_000, "a")
        .create(
            one ->
                one.taskDefinition("big:1")
                    .deploymentConfiguration(
                        two -> two.strategy("BLUE_GREEN").bakeTimeInMinutes(60)))
        .runAll()
        .pass(Duration.ofMinutes(61));
    stage.update(one -> one.taskDefinition("big:2"));
    stage.run().pass(ServiceController.SETTLE);
    assertThat(stage.wanted()).hasSize(4);
    stage.update(one -> one.desiredCount(3));
    assertThat(stage.wanted()).as("only green has room").hasSize(5);
    assertThat(stage.events().getFirst()).startsWith("was unable to place a task");
    assertThat(stage.row().placementRetryAt()).isAfter(stage.world.now());
    stage.instance("two", 130, 10_000, "a");
    assertThat(stage.wanted()).hasSize(6);
    assertThat(stage.row().placementRetryAt()).isNull();
  }

  @Test
  void whatThePaceLeavesOverOfTheOldSideIsDueAtOnce() {
    Stage stage = stage(one -> one.strategy("BLUE_GREEN").bakeTimeInMinutes(60));
    stage.run().pass(ServiceController.SETTLE);
    Task old = stage.wanted().stream().filter(one -> one.revision() == 1).findFirst().get();
    stage.exits(old, 0);
    Pace pace = new Pace(ServiceController.SETTLE, Set.of(), 1);
    pace.takeStarts(Pace.STARTS_MAX, 0);
    stage.world.apply(
        new ServicePlan(stage.world.state(), stage.row(), stage.world.moment(), pace).changes());
    assertThat(stage.row().wakeAt()).isEqualTo(Pace.soon(stage.world.now()));
    stage.settle();
    assertThat(of(stage, 1)).isEqualTo(4);
  }

  @Test
  void troubleOfTheOldSideSlowsItAndEnds() {
    Stage stage = stage(one -> one.strategy("BLUE_GREEN").bakeTimeInMinutes(60));
    stage.run().pass(ServiceController.SETTLE);
    String id = shift(stage).old();
    Task old = stage.wanted().stream().filter(one -> one.revision() == 1).findFirst().get();
    stage.exits(old, 0);
    stage.settle();
    stage.failsToStart(stage.wanted(TaskStatus.PENDING).getFirst(), "no such image");
    stage.settle();
    assertThat(of(stage, 1)).as("put off by 2 s").isEqualTo(3);
    assertThat(stage.row().wakeAt()).isEqualTo(stage.world.now().plus(Trouble.DELAY_FIRST));
    stage.pass(Trouble.DELAY_FIRST).run();
    assertThat(of(stage, 1)).isEqualTo(4);
    stage.pass(Trouble.PROOF);
    assertThat(stage.row().deployments())
        .filteredOn(one -> one.id().equals(id))
        .allMatch(one -> one.trouble() == 0);
  }
}
