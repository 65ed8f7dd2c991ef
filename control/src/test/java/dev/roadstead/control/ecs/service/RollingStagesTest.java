package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.AlarmState;
import dev.roadstead.control.ecs.table.AlarmStates;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContinueServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHook;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;

/// Rolling updates that go by stages: lifecycle hooks before and after their tasks come up, and a
/// bake time.
class RollingStagesTest {
  private static final Duration BAKE = Duration.ofMinutes(10);

  private static Consumer<DeploymentConfiguration.Builder> pause(String... stages) {
    return one ->
        one.lifecycleHooks(
            DeploymentLifecycleHook.builder()
                .targetType("PAUSE")
                .lifecycleStagesWithStrings(stages)
                .build());
  }

  /// A service of two tasks on `app:1`, updated to `app:2`.
  private static Stage updated(Consumer<DeploymentConfiguration.Builder> configuration) {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    stage.pass(Duration.ofMinutes(5));
    stage.update(one -> one.taskDefinition("app:2").deploymentConfiguration(configuration));
    return stage;
  }

  private static ServiceDeployment newest(Stage stage) {
    return ServiceHistoryTest.newest(stage);
  }

  private static void answer(Stage stage, String action) {
    stage.world.call(
        new ContinueServiceDeployment(),
        ContinueServiceDeploymentRequest.builder()
            .serviceDeploymentArn(newest(stage).serviceDeploymentArn())
            .hookId(newest(stage).lifecycleHookDetails().getFirst().hookId())
            .action(action)
            .build());
  }

  private static long of(Stage stage, int revision) {
    return stage.wanted().stream().filter(one -> one.revision() == revision).count();
  }

  @Test
  void nothingIsReplacedBeforeTheFirstHookIsAnswered() {
    Stage stage =
        updated(one -> one.applyMutation(pause("PRE_SCALE_UP")).minimumHealthyPercent(50));
    assertThat(newest(stage).lifecycleStageAsString()).isEqualTo("PRE_SCALE_UP");
    assertThat(newest(stage).targetServiceRevision().requestedProductionTrafficWeight()).isNull();
    assertThat(of(stage, 1)).isEqualTo(2);
    Task gone = stage.wanted().getFirst();
    stage.exits(gone, 1);
    stage.settle().run();
    assertThat(of(stage, 1)).as("kept as it was").isEqualTo(2);
    stage.update(one -> one.desiredCount(3)).deployments();
    stage.run();
    assertThat(of(stage, 1)).isEqualTo(3);
    assertThat(of(stage, 2)).isZero();
    answer(stage, "CONTINUE");
    stage.runAll();
    assertThat(of(stage, 2)).isEqualTo(3);
    assertThat(of(stage, 1)).isZero();
    assertThat(newest(stage).statusAsString()).isEqualTo("SUCCESSFUL");
    assertThat(stage.described().deployments()).hasSize(1);
  }

  @Test
  void aHookAfterwardsTakesItBack() {
    Stage stage = updated(pause("POST_SCALE_UP"));
    stage.runAll();
    assertThat(newest(stage).lifecycleStageAsString()).isEqualTo("POST_SCALE_UP");
    assertThat(of(stage, 2)).isEqualTo(2);
    assertThat(stage.row().primary().inProgress()).isTrue();
    answer(stage, "ROLLBACK");
    stage.runAll();
    assertThat(newest(stage).statusAsString()).isEqualTo("ROLLBACK_SUCCESSFUL");
    assertThat(stage.wanted(TaskStatus.RUNNING)).hasSize(2).allMatch(one -> one.revision() == 1);
  }

  @Test
  void aDeploymentOverAnUnfinishedOneKeepsWithinThePercentages() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    stage.update(
        one -> one.taskDefinition("app:2").deploymentConfiguration(two -> two.maximumPercent(150)));
    assertThat(stage.wanted()).hasSize(3);
    stage.update(
        one -> one.taskDefinition("checked:1").deploymentConfiguration(pause("RECONCILE_SERVICE")));
    stage.run();
    assertThat(newest(stage).lifecycleStageAsString()).isEqualTo("RECONCILE_SERVICE");
    assertThat(stage.wanted()).hasSize(2).noneMatch(one -> one.family().equals("checked"));
    answer(stage, "CONTINUE");
    assertThat(stage.wanted()).hasSize(3);
  }

  @Test
  void theBakeTimeIsWaitedForAndWatched() {
    Stage stage = updated(one -> one.bakeTimeInMinutes(10));
    stage.runAll();
    assertThat(newest(stage).lifecycleStageAsString()).isEqualTo("BAKE_TIME");
    assertThat(of(stage, 1)).as("replaced").isZero();
    assertThat(stage.row().primary().inProgress()).isTrue();
    assertThat(stage.row().wakeAt()).isBetween(stage.world.now(), stage.world.now().plus(BAKE));
    stage.pass(BAKE.minusMinutes(1));
    assertThat(stage.row().primary().inProgress()).isTrue();
    stage.pass(BAKE);
    assertThat(newest(stage).statusAsString()).isEqualTo("SUCCESSFUL");
    assertThat(newest(stage).lifecycleStageAsString()).isEqualTo("CLEAN_UP");
  }

  @Test
  void alarmsAreWatchedAsLongAsTheLongerOfBothSays() {
    for (int minutes : List.of(1, 10)) {
      Stage stage =
          updated(
              one ->
                  one.bakeTimeInMinutes(minutes)
                      .alarms(two -> two.alarmNames("slow").enable(true).rollback(true)));
      stage.runAll();
      stage.pass(Duration.ofMinutes(4));
      assertThat(stage.row().primary().inProgress()).isTrue();
      stage.world.apply(
          List.of(
              AlarmStates.put(
                  new AlarmState(
                      World.ACCOUNT,
                      World.REGION,
                      "slow",
                      AlarmState.Value.ALARM,
                      stage.world.now(),
                      60))));
      stage.settle().runAll();
      assertThat(newest(stage).statusAsString()).isEqualTo("ROLLBACK_SUCCESSFUL");
    }
  }

  @Test
  void aDaemonBakesToo() {
    Stage stage = Stage.open().roomy();
    stage.create(
        one ->
            one.schedulingStrategy("DAEMON")
                .desiredCount(null)
                .deploymentConfiguration(two -> two.bakeTimeInMinutes(10)));
    stage.runAll();
    assertThat(newest(stage).lifecycleStageAsString()).isEqualTo("BAKE_TIME");
    stage.pass(BAKE);
    assertThat(newest(stage).statusAsString()).isEqualTo("SUCCESSFUL");
  }

  @Test
  void hooksOfStagesThatItHasNotGoWithTheOldStrategy() {
    Stage stage = Stage.open().roomy();
    stage.create(
        one ->
            one.deploymentConfiguration(
                two ->
                    two.strategy("CANARY")
                        .bakeTimeInMinutes(5)
                        .applyMutation(pause("POST_TEST_TRAFFIC_SHIFT"))));
    stage.update(one -> one.deploymentConfiguration(two -> two.strategy("ROLLING")));
    assertThat(stage.described().deploymentConfiguration().lifecycleHooks()).isEmpty();
    assertThat(stage.described().deploymentConfiguration().bakeTimeInMinutes()).isZero();
    stage.update(
        one ->
            one.deploymentConfiguration(
                two -> two.bakeTimeInMinutes(3).applyMutation(pause("POST_SCALE_UP"))));
    stage.update(one -> one.deploymentConfiguration(two -> two.strategy("ROLLING")));
    assertThat(stage.described().deploymentConfiguration().lifecycleHooks()).hasSize(1);
    assertThat(stage.described().deploymentConfiguration().bakeTimeInMinutes()).isEqualTo(3);
  }
}
