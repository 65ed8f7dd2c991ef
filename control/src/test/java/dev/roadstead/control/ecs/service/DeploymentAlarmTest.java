package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.AlarmState;
import dev.roadstead.control.ecs.table.AlarmState.Value;
import dev.roadstead.control.ecs.table.AlarmStates;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.Services;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Deployments that are watched by alarms, whose states are rows.
class DeploymentAlarmTest {
  private static Stage stage(boolean rollback) {
    Stage stage =
        Stage.open()
            .roomy()
            .create(
                one ->
                    one.deploymentConfiguration(
                        two ->
                            two.alarms(
                                three ->
                                    three
                                        .alarmNames("slow", "errors")
                                        .enable(true)
                                        .rollback(rollback))))
            .runAll();
    stage.pass(Alarms.BAKE);
    assertThat(stage.row().primary().rolloutState()).isEqualTo(ServiceDeployment.COMPLETED);
    return stage;
  }

  private static void alarm(Stage stage, String name, Value value, int windowSeconds) {
    stage.world.apply(
        List.of(
            AlarmStates.put(
                new AlarmState(
                    World.ACCOUNT, World.REGION, name, value, stage.world.now(), windowSeconds))));
    stage.settle();
  }

  @Test
  void aRollingUpdateIsWatchedForAWhileOnceItIsComplete() {
    Stage stage = stage(true);
    alarm(stage, "slow", Value.OK, 120);
    stage.update(one -> one.taskDefinition("app:2"));
    stage.runAll();
    assertThat(stage.row().primary().inProgress()).isTrue();
    assertThat(ServiceHistoryTest.newest(stage).alarms().statusAsString()).isEqualTo("MONITORING");
    assertThat(stage.row().wakeAt())
        .isEqualTo(Objects.requireNonNull(stage.row().primary().alarms()).bakedAt());
    stage.pass(Duration.ofMinutes(2));
    assertThat(stage.row().primary().inProgress()).isFalse();
    assertThat(ServiceHistoryTest.newest(stage).alarms().statusAsString())
        .isEqualTo("MONITORING_COMPLETE");
    alarm(stage, "slow", Value.ALARM, 120);
    assertThat(stage.row().primary().rolloutState()).isEqualTo(ServiceDeployment.COMPLETED);
    assertThat(stage.world.state().keys(Services.BY_ALARM, World.scope().key("slow"))).isEmpty();
  }

  @Test
  void anAlarmTakesTheDeploymentBack() {
    Stage stage = stage(true);
    stage.update(one -> one.taskDefinition("app:2"));
    stage.run().pass(Duration.ofSeconds(1));
    assertThat(stage.world.state().keys(Services.BY_ALARM, World.scope().key("errors")))
        .containsExactly(stage.row().key());
    alarm(stage, "errors", Value.ALARM, 60);
    stage.runAll();
    var record = ServiceHistoryTest.newest(stage);
    assertThat(record.statusAsString()).isEqualTo("ROLLBACK_SUCCESSFUL");
    assertThat(record.statusReason())
        .isEqualTo("Service deployment rolled back because alarm detected: errors.");
    assertThat(record.alarms().statusAsString()).isEqualTo("TRIGGERED");
    assertThat(record.alarms().triggeredAlarmNames()).containsExactly("errors");
    assertThat(stage.wanted()).hasSize(2).allMatch(one -> one.revision() == 1);
    assertThat(stage.events())
        .contains("(deployment D) deployment failed: alarm detected: errors.");
  }

  @Test
  void withoutRollbackItStaysFailed() {
    Stage stage = stage(false);
    stage.update(one -> one.taskDefinition("app:2"));
    stage.pass(Duration.ofSeconds(1));
    alarm(stage, "slow", Value.ALARM, 60);
    assertThat(stage.row().primary().rolloutState()).isEqualTo(ServiceDeployment.FAILED);
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("STOPPED");
  }

  @Test
  void anAlarmFromBeforeSaysNothingUntilItComesAgain() {
    Stage stage = stage(true);
    alarm(stage, "slow", Value.ALARM, 60);
    stage.pass(Duration.ofSeconds(1));
    stage.update(one -> one.taskDefinition("app:2"));
    stage.run();
    assertThat(stage.row().primary().inProgress()).isTrue();
    stage.pass(Duration.ofSeconds(1));
    alarm(stage, "slow", Value.OK, 60);
    alarm(stage, "slow", Value.ALARM, 60);
    assertThat(ServiceHistoryTest.newest(stage).statusReason()).contains("alarm detected: slow");
  }

  @Test
  void bakeTimeIsWatchedToo() {
    Stage stage = stage(true);
    stage.update(
        one ->
            one.taskDefinition("app:2")
                .deploymentConfiguration(two -> two.strategy("BLUE_GREEN").bakeTimeInMinutes(10)));
    stage.run().pass(ServiceController.SETTLE);
    assertThat(ServiceHistoryTest.newest(stage).lifecycleStageAsString()).isEqualTo("BAKE_TIME");
    stage.pass(Duration.ofMinutes(9));
    alarm(stage, "slow", Value.ALARM, 60);
    stage.end();
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("ROLLBACK_SUCCESSFUL");
    assertThat(stage.wanted()).hasSize(2).allMatch(one -> one.revision() == 1);
  }
}
