package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentRequest;

/// Deployments that fail, by the circuit breaker, by time, or because they are stopped.
class CircuitBreakerTest {
  @ParameterizedTest
  @CsvSource({
    "'',,1,3",
    "'',,25,13",
    "'',,400,200",
    "'',,1000,200",
    "BOUNDED_PERCENT,10,100,10",
    "BOUNDED_PERCENT,1,100,3",
    "UNBOUNDED_PERCENT,1,100,1",
    "UNBOUNDED_PERCENT,100,1000,1000",
    "UNBOUNDED_PERCENT,1,0,1",
    "COUNT,1,1000,1",
    "COUNT,7,1,7",
    "'',20,50,10",
  })
  void theThresholdIsThatOfEcs(String type, Integer value, int desired, int threshold) {
    DeploymentConfiguration configuration =
        DeploymentConfiguration.builder()
            .deploymentCircuitBreaker(
                one ->
                    one.enable(true)
                        .thresholdConfiguration(
                            two -> two.type(type.isEmpty() ? null : type).value(value)))
            .build();
    assertThat(Breaker.of(configuration, desired).threshold()).isEqualTo(threshold);
  }

  private static Stage rolling(Consumer<DeploymentCircuitBreaker.Builder> breaker) {
    Stage stage =
        Stage.open()
            .roomy()
            .create(
                one ->
                    one.desiredCount(4)
                        .deploymentConfiguration(two -> two.deploymentCircuitBreaker(breaker)))
            .runAll();
    stage.pass(Duration.ofMinutes(5));
    return stage;
  }

  private static void fail(Stage stage, int seconds) {
    for (int i = 0; i < seconds; i++) {
      for (Task task : stage.wanted(TaskStatus.PENDING)) {
        stage.failsToStart(task, "CannotPullContainerError: no such image");
      }
      stage.pass(Duration.ofSeconds(1));
    }
  }

  @Test
  void rollsBackToTheLastCompletedDeployment() {
    Stage stage = rolling(one -> one.enable(true).rollback(true));
    List<Task> old = stage.wanted();
    String first = stage.described().deployments().getFirst().id();
    String firstRevision = ServiceHistoryTest.revision(stage);
    stage.update(one -> one.taskDefinition("app:2"));
    String second = stage.described().deployments().getFirst().id();
    assertThat(ServiceHistoryTest.newest(stage).deploymentCircuitBreaker())
        .matches(one -> one.statusAsString().equals("MONITORING") && one.threshold() == 3);
    fail(stage, 1);
    stage.pass(ServiceController.SETTLE);
    assertThat(stage.wanted()).as("not restarted").isEqualTo(old);
    assertThat(stage.described().deployments())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.id()).isEqualTo(first);
              assertThat(one.status()).isEqualTo("PRIMARY");
              assertThat(one.rolloutStateAsString()).isEqualTo("COMPLETED");
              assertThat(one.taskDefinition()).endsWith("app:1");
            });
    assertThat(stage.events().subList(0, 4))
        .containsExactly(
            "has reached a steady state.",
            "(deployment D) deployment completed.",
            "rolling back to deployment D.",
            "(deployment D) deployment failed: tasks failed to start.");
    var record = ServiceHistoryTest.newest(stage);
    assertThat(record.statusAsString()).isEqualTo("ROLLBACK_SUCCESSFUL");
    assertThat(record.statusReason())
        .isEqualTo(
            "Service deployment rolled back because the circuit breaker threshold was exceeded.");
    assertThat(record.rollback().serviceRevisionArn()).isEqualTo(firstRevision);
    assertThat(record.rollback().startedAt()).isNotNull();
    assertThat(record.deploymentCircuitBreaker().statusAsString()).isEqualTo("TRIGGERED");
    assertThat(record.deploymentCircuitBreaker().failureCount()).isGreaterThanOrEqualTo(3);
    assertThat(record.deploymentCircuitBreaker().threshold()).isEqualTo(3);
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void saysWhileItRollsBack() {
    Stage stage = rolling(one -> one.enable(true).rollback(true));
    stage.update(
        one ->
            one.taskDefinition("app:2")
                .deploymentConfiguration(two -> two.minimumHealthyPercent(0)));
    stage.end();
    assertThat(stage.wanted()).as("the old ones are gone").allMatch(one -> one.revision() == 2);
    fail(stage, 1);
    List<Deployment> shown = stage.described().deployments();
    assertThat(shown.getFirst().rolloutStateAsString()).isEqualTo("IN_PROGRESS");
    assertThat(shown.getFirst().rolloutStateReason())
        .isEqualTo(
            "ECS deployment circuit breaker: rolling back to deploymentId "
                + shown.getFirst().id()
                + ".");
    assertThat(shown.getFirst().taskDefinition()).endsWith("app:1");
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("ROLLBACK_IN_PROGRESS");
    assertThat(stage.described().currentServiceDeployment())
        .isEqualTo(ServiceHistoryTest.newest(stage).serviceDeploymentArn());
    stage.runAll();
    assertThat(stage.wanted(TaskStatus.RUNNING)).hasSize(4).allMatch(one -> one.revision() == 1);
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("ROLLBACK_SUCCESSFUL");
    assertThat(stage.described().currentServiceRevisions()).hasSize(1);
  }

  @Test
  void stopsStartingWithoutRollback() {
    Stage stage = rolling(one -> one.enable(true).rollback(false));
    List<Task> old = stage.wanted();
    stage.update(one -> one.taskDefinition("app:2"));
    fail(stage, 60);
    assertThat(stage.wanted()).isEqualTo(old);
    assertThat(stage.described().deployments())
        .extracting(Deployment::status, Deployment::rolloutStateAsString)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("PRIMARY", "FAILED"),
            org.assertj.core.groups.Tuple.tuple("ACTIVE", "COMPLETED"));
    assertThat(stage.described().deployments().getFirst().rolloutStateReason())
        .isEqualTo("ECS deployment circuit breaker: tasks failed to start.");
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("STOPPED");
    assertThat(stage.events().getFirst())
        .isEqualTo("(deployment D) deployment failed: tasks failed to start.");
    stage.pass(Duration.ofDays(2));
    assertThat(stage.wanted()).isEqualTo(old);
    stage.update(one -> one.desiredCount(1));
    assertThat(stage.wanted()).hasSize(1);
    stage.update(one -> one.forceNewDeployment(true)).deployments();
    stage.runAll();
    assertThat(stage.wanted()).singleElement().matches(one -> one.revision() == 2);
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("SUCCESSFUL");
  }

  @Test
  void aFirstDeploymentHasNothingToGoBackTo() {
    Stage stage =
        Stage.open()
            .roomy()
            .create(
                one ->
                    one.deploymentConfiguration(
                        two ->
                            two.deploymentCircuitBreaker(
                                three -> three.enable(true).rollback(true))));
    fail(stage, 60);
    assertThat(stage.wanted()).isEmpty();
    assertThat(stage.row().primary().rolloutState()).isEqualTo(ServiceDeployment.FAILED);
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("ROLLBACK_FAILED");
    assertThat(ServiceHistoryTest.newest(stage).statusReason())
        .isEqualTo("No rollback candidate was found to run the rollback.");
  }

  @Test
  void aRollbackThatFailsIsNotRolledBackAgain() {
    Stage stage = rolling(one -> one.enable(true).rollback(true));
    stage.update(
        one ->
            one.taskDefinition("app:2")
                .deploymentConfiguration(two -> two.minimumHealthyPercent(0)));
    stage.end();
    fail(stage, 120);
    assertThat(stage.row().primary().revision()).isEqualTo(1);
    assertThat(stage.row().primary().rolloutState()).isEqualTo(ServiceDeployment.FAILED);
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("ROLLBACK_FAILED");
    stage.pass(Trouble.DELAY_MAX).runAll();
    assertThat(stage.wanted(TaskStatus.RUNNING)).as("it goes on").hasSize(4);
  }

  @Test
  void countsTasksThatEndEarlyOrFailTheirChecks() {
    Stage stage = rolling(one -> one.enable(true).rollback(true));
    stage.update(one -> one.taskDefinition("app:2"));
    stage.wanted(TaskStatus.PENDING).forEach(stage::running);
    stage.wanted().stream()
        .filter(one -> one.revision() == 2)
        .limit(3)
        .forEach(one -> stage.exits(one, 1));
    stage.settle();
    assertThat(stage.row().primary().revision()).as("crashed").isEqualTo(1);
    stage.end().runAll();
    stage.update(one -> one.taskDefinition("checked:1")).deployments();
    for (int i = 0; i < 3; i++) {
      stage.run();
      stage.wanted().stream()
          .filter(one -> one.family().equals("checked"))
          .forEach(one -> stage.health(one, Health.UNHEALTHY));
      stage.settle().end();
      stage.pass(Duration.ofMinutes(1));
    }
    assertThat(stage.row().primary().family()).as("unhealthy").isEqualTo("app");
  }

  @Test
  void aHealthyTaskResetsTheCountUnlessToldOtherwise() {
    for (boolean resets : new boolean[] {true, false}) {
      Stage stage = rolling(one -> one.enable(true).rollback(true).resetOnHealthyTask(resets));
      stage.update(one -> one.taskDefinition("app:2"));
      List<Task> pending = stage.wanted(TaskStatus.PENDING);
      pending.subList(0, 2).forEach(one -> stage.failsToStart(one, "x"));
      stage.settle();
      stage.running(pending.get(2));
      stage.pass(ServiceController.SETTLE);
      assertThat(stage.row().primary().failures()).isEqualTo(resets ? 0 : 2);
    }
  }

  @Test
  void whatLacksCapacityIsNoFailureButEndsInTime() {
    Stage stage =
        Stage.open()
            .instance("one", 40, 40, "a")
            .create(
                one ->
                    one.desiredCount(4)
                        .deploymentConfiguration(
                            two ->
                                two.deploymentCircuitBreaker(
                                    three -> three.enable(true).rollback(true))))
            .runAll();
    stage.update(one -> one.taskDefinition("app:2"));
    stage.pass(Duration.ofHours(23));
    assertThat(stage.row().primary().revision()).isEqualTo(2);
    assertThat(stage.row().primary().failures()).isZero();
    stage.pass(Duration.ofHours(1));
    assertThat(stage.row().primary().revision()).isEqualTo(1);
    assertThat(ServiceHistoryTest.newest(stage).statusReason())
        .isEqualTo("Service deployment rolled back because it did not complete within 24 hours.");
    assertThat(stage.events()).contains("rolling back to deployment D.");
  }

  @Test
  void withoutBreakerADeploymentFailsInTimeAndGoesOn() {
    Stage stage = Stage.open().create(_ -> {});
    stage.pass(Duration.ofHours(24));
    assertThat(stage.row().primary().rolloutState()).isEqualTo(ServiceDeployment.FAILED);
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("STOPPED");
    stage.roomy().runAll();
    assertThat(stage.wanted(TaskStatus.RUNNING)).hasSize(2);
  }

  @Test
  void isRolledBackOnRequest() {
    Stage stage = rolling(_ -> {});
    List<Task> old = stage.wanted();
    stage.update(one -> one.taskDefinition("app:2"));
    String arn = ServiceHistoryTest.newest(stage).serviceDeploymentArn();
    assertThat(stop(stage, _ -> {})).isEqualTo(arn);
    stage.end().runAll();
    assertThat(stage.wanted()).isEqualTo(old);
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("ROLLBACK_SUCCESSFUL");
    assertThat(ServiceHistoryTest.newest(stage).rollback().reason())
        .isEqualTo("Service deployment rolled back because it was stopped by a request.");
    assertThat(stage.events()).contains("rolling back to deployment D.");
    stage.world.refusal(
        new StopServiceDeployment(),
        StopServiceDeploymentRequest.builder().serviceDeploymentArn(arn).build());
  }

  @Test
  void isStoppedWhereItIsOnRequest() {
    Stage stage = rolling(_ -> {});
    stage.update(one -> one.taskDefinition("app:2"));
    stop(stage, one -> one.stopType("ABORT"));
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("STOPPED");
    stage.run().end().pass(Duration.ofHours(1));
    assertThat(stage.wanted()).hasSize(4);
    assertThat(stage.row().primary().rolloutState()).isEqualTo(ServiceDeployment.FAILED);
  }

  @Test
  void aRollbackGoesOnWhenItIsAskedForAgain() {
    Stage stage = rolling(_ -> {});
    stage.update(
        one ->
            one.taskDefinition("app:2")
                .deploymentConfiguration(two -> two.minimumHealthyPercent(0)));
    stop(stage, _ -> {});
    var before = stage.row();
    assertThat(ServiceHistoryTest.newest(stage).statusAsString()).isEqualTo("ROLLBACK_IN_PROGRESS");
    stop(stage, _ -> {});
    assertThat(stage.row()).isEqualTo(before);
  }

  private static String stop(Stage stage, Consumer<StopServiceDeploymentRequest.Builder> more) {
    return stage
        .world
        .call(
            new StopServiceDeployment(),
            StopServiceDeploymentRequest.builder()
                .serviceDeploymentArn(ServiceHistoryTest.newest(stage).serviceDeploymentArn())
                .applyMutation(more)
                .build())
        .serviceDeploymentArn();
  }
}
