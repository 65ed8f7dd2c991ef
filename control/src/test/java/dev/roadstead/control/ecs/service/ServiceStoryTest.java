package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Deployment;

/// What becomes of services, from the call to the steady state.
class ServiceStoryTest {
  @Test
  void startsItsTasksAndBecomesSteady() {
    Stage stage = Stage.open().roomy().create(_ -> {});
    assertThat(stage.wanted())
        .hasSize(2)
        .allSatisfy(
            task -> {
              assertThat(task.group()).isEqualTo("service:web");
              assertThat(task.startedBy()).isEqualTo(stage.row().primary().id());
              assertThat(task.deploymentId()).isEqualTo(stage.row().primary().id());
              assertThat(task.lastStatus()).isEqualTo(TaskStatus.PENDING);
            })
        .extracting(Task::instanceId)
        .containsExactlyInAnyOrder("one", "two");
    assertThat(stage.described().pendingCount()).isEqualTo(2);

    stage.run().pass(ServiceController.SETTLE);
    assertThat(stage.described().runningCount()).isEqualTo(2);
    assertThat(stage.described().pendingCount()).isZero();
    Deployment deployment = stage.described().deployments().getFirst();
    assertThat(stage.described().deployments()).hasSize(1);
    assertThat(deployment.rolloutStateAsString()).isEqualTo("COMPLETED");
    assertThat(deployment.rolloutStateReason())
        .isEqualTo("ECS deployment " + deployment.id() + " completed.");
    assertThat(stage.events())
        .containsExactly(
            "has reached a steady state.",
            "(deployment D) deployment completed.",
            "has started 2 tasks: (task T) (task T).");
  }

  @Test
  void replacesATaskThatEnds() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll().pass(Duration.ofMinutes(5));
    stage.exits(stage.wanted().getFirst(), 1);
    stage.settle();
    assertThat(stage.wanted()).hasSize(2);
    stage.runAll();
    assertThat(stage.events().subList(0, 2))
        .containsExactly("has reached a steady state.", "has started 1 tasks: (task T).");
  }

  @Test
  void rollsToANewRevision() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    String old = stage.row().primary().id();
    var answer = stage.update(one -> one.taskDefinition("app:2"));
    assertThat(answer.deployments()).hasSize(2);
    Deployment primary = answer.deployments().getFirst();
    assertThat(primary.id()).isNotEqualTo(old);
    assertThat(primary.status()).isEqualTo("PRIMARY");
    assertThat(primary.desiredCount()).isZero();
    assertThat(primary.rolloutStateAsString()).isEqualTo("IN_PROGRESS");
    assertThat(primary.rolloutStateReason())
        .isEqualTo("ECS deployment " + primary.id() + " in progress.");
    assertThat(answer.deployments().getLast().status()).isEqualTo("ACTIVE");

    assertThat(stage.wanted()).hasSize(4);
    assertThat(stage.described().deployments().getFirst().desiredCount()).isEqualTo(2);
    stage.run();
    assertThat(stage.wanted()).as("old ones stay until new ones are healthy").hasSize(4);
    stage.pass(ServiceController.SETTLE);
    assertThat(stage.wanted()).hasSize(2).allMatch(task -> task.revision() == 2);
    assertThat(stage.stopping())
        .hasSize(2)
        .allSatisfy(
            task ->
                assertThat(String.valueOf(task.stop()))
                    .contains("Scaling activity initiated by (deployment " + primary.id() + ")"));
    assertThat(stage.described().deployments()).hasSize(2);
    stage.end();
    assertThat(stage.described().deployments()).hasSize(1);
    assertThat(stage.described().taskDefinition()).endsWith("app:2");
    assertThat(stage.events().subList(0, 4))
        .containsExactly(
            "has reached a steady state.",
            "(deployment D) deployment completed.",
            "has stopped 2 running tasks: (task T) (task T).",
            "has started 2 tasks: (task T) (task T).");
  }

  @Test
  void scalesOutAndInWithoutADeployment() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    String id = stage.row().primary().id();
    stage.update(one -> one.desiredCount(5));
    stage.runAll();
    assertThat(stage.wanted()).hasSize(5);
    stage.update(one -> one.desiredCount(1));
    assertThat(stage.wanted()).hasSize(1);
    stage.runAll();
    assertThat(stage.row().primary().id()).isEqualTo(id);
    assertThat(stage.events())
        .contains("has stopped 4 running tasks: (task T) (task T) (task T) (task T).");
  }

  @Test
  void drainsAnInstanceWithinThePercentages() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    stage.instanceStatus("one", ContainerInstance.DRAINING);
    assertThat(stage.wanted()).as("a replacement first").hasSize(3);
    stage.runAll();
    assertThat(stage.wanted()).extracting(Task::instanceId).isEqualTo(List.of("two", "two"));
  }

  @Test
  void endsWhenItIsDeleted() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll().delete(true);
    assertThat(stage.described().status()).isEqualTo("DRAINING");
    assertThat(stage.wanted()).isEmpty();
    stage.end();
    assertThat(stage.described().status()).isEqualTo("INACTIVE");
    assertThat(stage.described().deployments()).isEmpty();
    stage.pass(Services.INACTIVE_RETENTION);
    assertThat(stage.describe(_ -> {}).failures())
        .singleElement()
        .satisfies(one -> assertThat(one.reason()).isEqualTo("MISSING"));
  }

  @Test
  void startsFewTasksThatExitAtOnce() {
    Stage stage = Stage.open().roomy().create(one -> one.desiredCount(10));
    int started = 0;
    for (int i = 0; i < 600; i++) {
      for (Task task : stage.wanted()) {
        started++;
        stage.running(task);
        stage.exits(task, 3);
      }
      stage.pass(Duration.ofSeconds(1));
    }
    assertThat(started).isBetween(20, 60);
    assertThat(stage.events())
        .filteredOn(one -> one.startsWith("is unable to consistently start tasks successfully."))
        .containsExactly(
            "is unable to consistently start tasks successfully. Container main exited with code 3"
                + " (task T): Essential container in task exited. Starts are delayed by up to 15"
                + " minutes until tasks keep running; a new deployment starts at once.");
    stage.update(one -> one.taskDefinition("app:2"));
    assertThat(stage.wanted()).as("a new deployment starts at once").hasSize(10);
  }
}
