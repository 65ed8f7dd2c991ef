package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.task.RunTask;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.PlacementStrategy;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;

/// DAEMON services: one task on each instance.
@SuppressWarnings("unchecked") // the SDK takes varargs of consumers of builders
class DaemonTest {
  private static final Duration LEASE = Duration.ofSeconds(20);

  /// One that asks the index, and one that looks at every instance.
  private static final List<PlacementStrategy[]> CHAINS =
      List.of(
          new PlacementStrategy[0],
          new PlacementStrategy[] {
            PlacementStrategy.builder().type("binpack").field("cpu").build(),
            PlacementStrategy.builder().type("spread").field("instanceId").build()
          });

  private static Stage daemons(Stage stage) {
    return stage.create(one -> one.schedulingStrategy("DAEMON").desiredCount(null));
  }

  @Test
  void runsOneTaskOnEachInstance() {
    Stage stage = daemons(Stage.open().roomy());
    assertThat(hosts(stage)).containsExactlyInAnyOrder("one", "two");
    assertThat(stage.described().desiredCount()).isEqualTo(2);
    assertThat(stage.described().schedulingStrategyAsString()).isEqualTo("DAEMON");
    assertThat(stage.described().deploymentConfiguration().minimumHealthyPercent()).isZero();
    assertThat(stage.described().deploymentConfiguration().maximumPercent()).isEqualTo(100);
    stage.runAll();
    assertThat(stage.events().getFirst()).isEqualTo("has reached a steady state.");
    stage.instance("three", 100, 100, "a");
    assertThat(hosts(stage)).containsExactlyInAnyOrder("one", "two", "three");
    assertThat(stage.described().desiredCount()).isEqualTo(3);
  }

  @Test
  void isFirstOnANewInstance() {
    Stage stage = daemons(Stage.open());
    stage.create(one -> one.serviceName("many").desiredCount(5));
    stage.instance("small", 30, 30, "a");
    assertThat(stage.wanted()).hasSize(3);
    assertThat(stage.wanted().stream().filter(task -> "web".equals(task.serviceName()))).hasSize(1);
  }

  @Test
  void followsItsConstraints() {
    Stage stage = Stage.open().roomy();
    stage.create(
        one ->
            one.schedulingStrategy("DAEMON")
                .desiredCount(null)
                .placementConstraints(
                    two -> two.type("memberOf").expression("attribute:role == edge")));
    assertThat(stage.wanted()).isEmpty();
    assertThat(stage.described().desiredCount()).isZero();
    attributes(stage, List.of(new Attribute("role", "edge")));
    assertThat(hosts(stage)).containsExactly("one");
    attributes(stage, List.of());
    assertThat(stage.wanted()).as("it matches no longer").isEmpty();
  }

  @Test
  void leavesADrainingInstanceLast() {
    Stage stage = daemons(Stage.open().roomy());
    stage.create(one -> one.serviceName("many").desiredCount(2)).runAll();
    stage.instanceStatus("one", ContainerInstance.DRAINING).run();
    stage.pass(ServiceController.SETTLE);
    assertThat(hosts(stage)).as("its neighbour still ends").contains("one");
    assertThat(stage.described().desiredCount()).isEqualTo(1);
    stage.end();
    assertThat(hosts(stage)).containsExactly("two");
    stage.end().instanceStatus("one", ContainerInstance.ACTIVE);
    assertThat(hosts(stage)).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void replacesItsTasksOneInstanceAtATimeAsThePercentagesSay() {
    Stage stage = Stage.open().roomy().instance("three", 100, 100, "a");
    stage.create(
        one ->
            one.schedulingStrategy("DAEMON")
                .desiredCount(null)
                .deploymentConfiguration(two -> two.minimumHealthyPercent(50)));
    stage.runAll().update(one -> one.taskDefinition("app:2"));
    assertThat(stage.stopping()).as("2 of 3 stay").hasSize(1);
    assertThat(stage.wanted(TaskStatus.PENDING)).as("not beside the old one").isEmpty();
    stage.end();
    assertThat(stage.wanted(TaskStatus.PENDING)).hasSize(1);
    stage.runAll();
    assertThat(stage.wanted()).hasSize(3).allMatch(task -> task.revision() == 2);
    assertThat(stage.described().deployments()).hasSize(1);
    assertThat(stage.described().deployments().getFirst().rolloutStateAsString())
        .isEqualTo("COMPLETED");
  }

  @Test
  void saysThatThePercentagesBlockADeployment() {
    Stage stage = Stage.open().instance("one", 100, 100, "a");
    stage.create(
        one ->
            one.schedulingStrategy("DAEMON")
                .desiredCount(null)
                .deploymentConfiguration(two -> two.minimumHealthyPercent(50)));
    stage.runAll().update(one -> one.taskDefinition("app:2"));
    assertThat(stage.events().getFirst()).startsWith("was unable to stop or start tasks");
  }

  @Test
  void keepsOldTasksWhileNewOnesFail() {
    Stage stage = daemons(Stage.open().roomy().instance("three", 100, 100, "a"));
    stage.runAll().update(one -> one.deploymentConfiguration(two -> two.minimumHealthyPercent(60)));
    stage.update(one -> one.taskDefinition("app:2"));
    stage.end();
    for (int i = 0; i < 100; i++) {
      stage.wanted(TaskStatus.PENDING).forEach(task -> stage.failsToStart(task, "no image"));
      stage.pass(Duration.ofSeconds(1));
    }
    assertThat(stage.wanted(TaskStatus.RUNNING)).hasSize(2);
  }

  @Test
  void followsInstancesThatAreLostAndBack() {
    Stage stage = daemons(Stage.open().roomy()).runAll();
    List<Task> before = stage.wanted();
    stage.disconnect("one", LEASE);
    assertThat(stage.described().desiredCount()).isEqualTo(2);
    stage.pass(LEASE);
    assertThat(stage.described().desiredCount()).isEqualTo(1);
    stage.connect("one");
    assertThat(stage.described().desiredCount()).isEqualTo(2);
    assertThat(stage.wanted()).isEqualTo(before);
    stage.instanceStatus("one", ContainerInstance.INACTIVE);
    assertThat(stage.described().desiredCount()).isEqualTo(1);
  }

  @Test
  void saysWhereItFindsNoRoomAndStartsOnceThereIsSome() {
    Stage stage = Stage.open().instance("one", 10, 10, "a");
    stage.create(one -> one.serviceName("many").desiredCount(1)).runAll();
    daemons(stage);
    assertThat(stage.events().getFirst()).contains("one has insufficient CPU units available");
    stage.exits(stage.wanted().getFirst(), 0);
    stage.settle();
    assertThat(hosts(stage)).as("before others").containsExactly("one");
  }

  @Test
  void othersLeaveItTheRoomThatItNeeds() {
    for (PlacementStrategy[] strategies : CHAINS) {
      Stage stage = daemons(Stage.open().instance("one", 30, 30, "a"));
      stage.create(one -> one.serviceName("many").desiredCount(5).placementStrategy(strategies));
      stage.runAll();
      assertThat(stage.wanted()).hasSize(3);
      for (int i = 0; i < 20; i++) {
        stage.wanted().stream()
            .filter(task -> Stage.WEB.equals(task.serviceName()))
            .forEach(task -> stage.exits(task, 1));
        stage.settle();
      }
      assertThat(hosts(stage)).as("it waits, for it fails over and over").isEmpty();
      assertThat(stage.wanted()).as("nobody takes its place").hasSize(2);
      assertThat(runTask(stage).failures().getFirst().detail())
          .isEqualTo(
              "needs 10 CPU units, 0 of 30 are free; needs 10 MiB of memory, 0 of 30 are free;"
                  + " room is kept there for web");
      stage.pass(Duration.ofMinutes(15));
      assertThat(hosts(stage)).containsExactly("one");
      stage.delete(true).end();
      assertThat(stage.wanted()).as("then others may have it").hasSize(3);
    }
  }

  @Test
  void keepsNoRoomWhereItDoesNotBelongOrCanNeverFit() {
    Stage stage = Stage.open().instance("one", 5, 100, "a").instance("two", 10, 100, "b");
    stage.create(
        one ->
            one.schedulingStrategy("DAEMON")
                .desiredCount(null)
                .placementConstraints(
                    two -> two.type("memberOf").expression("attribute:role == edge")));
    stage.world.apply(List.of(Stage.definition(stage.world, "small", 1, 5)));
    stage.create(one -> one.serviceName("many").taskDefinition("small:1").desiredCount(3));
    assertThat(stage.wanted()).hasSize(3);
    attributes(stage, List.of(new Attribute("role", "edge")));
    stage.runAll().pass(Trouble.PROOF).exits(stage.wanted().getFirst(), 0);
    stage.settle();
    assertThat(stage.wanted()).hasSize(3);
  }

  @Test
  void isDeletedWithoutBeingScaled() {
    Stage stage = daemons(Stage.open().roomy()).runAll().delete(false);
    assertThat(stage.wanted()).isEmpty();
    stage.end();
    assertThat(stage.described().status()).isEqualTo("INACTIVE");
  }

  private static RunTaskResponse runTask(Stage stage) {
    return stage.world.call(
        new RunTask(), RunTaskRequest.builder().taskDefinition("app:1").build());
  }

  private static void attributes(Stage stage, List<Attribute> attributes) {
    ContainerInstance before =
        stage
            .world
            .state()
            .get(ContainerInstances.TABLE, stage.row().scope().key("default", "one"));
    stage.world.apply(
        ContainerInstances.update(
            before, ContainerInstanceBuilder.builder(before).attributes(attributes).build()));
    stage.settle();
  }

  /// The instances that the service's wanted tasks are on.
  private static List<String> hosts(Stage stage) {
    return stage.wanted().stream()
        .filter(task -> Stage.WEB.equals(task.serviceName()))
        .map(task -> String.valueOf(task.instanceId()))
        .toList();
  }
}
