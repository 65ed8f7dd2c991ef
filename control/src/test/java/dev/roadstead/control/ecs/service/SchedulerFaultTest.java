package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceTasks;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.Tasks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;

/// What the scheduler does when tasks, instances and settings let it down.
@SuppressWarnings("unchecked") // the SDK takes varargs of consumers of builders
class SchedulerFaultTest {
  @Test
  void keepsTheOldTasksWhenTheNewOnesFail() {
    Stage stage = Stage.open().roomy().create(one -> one.desiredCount(4)).runAll();
    stage.pass(Duration.ofMinutes(5));
    stage.update(one -> one.taskDefinition("app:2"));
    for (int i = 0; i < 300; i++) {
      for (Task task : stage.wanted(TaskStatus.PENDING)) {
        stage.failsToStart(task, "CannotPullContainerError: no such image");
      }
      stage.pass(Duration.ofSeconds(1));
      assertThat(stage.wanted(TaskStatus.RUNNING))
          .hasSize(4)
          .allMatch(task -> task.revision() == 1);
    }
    assertThat(stage.described().deployments()).hasSize(2);
    assertThat(stage.described().deployments().getFirst().failedTasks()).isGreaterThan(4);
    assertThat(stage.events())
        .filteredOn(one -> one.startsWith("is unable to consistently"))
        .containsExactly(
            "is unable to consistently start tasks successfully. Container main failed:"
                + " CannotPullContainerError: no such image (task T): Task failed to start."
                + " Starts are delayed by up to 15 minutes until tasks keep running; a new"
                + " deployment starts at once.");
    stage.update(one -> one.taskDefinition("app:1"));
    stage.runAll();
    assertThat(stage.described().deployments()).hasSize(1);
  }

  @Test
  void delaysTasksThatNeverRunByAtMostFifteenMinutes() {
    assertThat(Trouble.delay(1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(Trouble.delay(2)).isEqualTo(Duration.ofSeconds(8));
    assertThat(Trouble.delay(6)).isEqualTo(Duration.ofMinutes(15));
    assertThat(Trouble.delay(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void endsTheDelayOnceATaskKeepsRunning() {
    Stage stage = Stage.open().roomy().create(_ -> {});
    for (int i = 0; i < 100; i++) {
      stage.wanted().forEach(task -> stage.exits(task, 1));
      stage.pass(Duration.ofSeconds(1));
    }
    assertThat(stage.row().primary().trouble()).isGreaterThan(2);
    stage.pass(Duration.ofMinutes(15)).run();
    assertThat(stage.wanted(TaskStatus.RUNNING)).hasSize(2);
    stage.pass(Trouble.PROOF);
    assertThat(stage.row().primary().trouble()).isZero();
    assertThat(stage.row().primary().nextStartAt()).isNull();
    assertThat(stage.events().getFirst()).isEqualTo("has reached a steady state.");
    stage.exits(stage.wanted().getFirst(), 1);
    stage.settle();
    assertThat(stage.wanted()).as("replaced at once").hasSize(2);
  }

  @Test
  void replacesAnUnhealthyTaskOnceAHealthyOneIsThere() {
    Stage stage =
        Stage.open()
            .roomy()
            .create(
                one ->
                    one.taskDefinition("checked:1")
                        .availabilityZoneRebalancing(AvailabilityZoneRebalancing.DISABLED))
            .run();
    stage.wanted().forEach(task -> stage.health(task, Health.HEALTHY));
    stage.pass(Duration.ofMinutes(5));
    assertThat(stage.events().getFirst()).isEqualTo("has reached a steady state.");
    Task sick = stage.wanted().getFirst();
    stage.health(sick, Health.UNHEALTHY);
    stage.settle();
    assertThat(stage.wanted()).hasSize(3);
    assertThat(stage.events().getFirst())
        .isEqualTo(
            "has started 1 tasks: (task T). Amazon ECS replaced 1 tasks due to an unhealthy"
                + " status.");
    stage.run();
    assertThat(stage.wanted()).as("not healthy yet").hasSize(3);
    stage.wanted().stream()
        .filter(task -> task.health() == Health.UNKNOWN)
        .forEach(task -> stage.health(task, Health.HEALTHY));
    stage.settle();
    assertThat(stage.wanted()).hasSize(2).doesNotContain(sick);
    assertThat(stage.events().subList(0, 3))
        .containsExactly(
            "has reached a steady state.",
            "has stopped 1 running tasks: (task T).",
            "(task T) failed container health checks.");
    assertThat(stage.stopping())
        .singleElement()
        .satisfies(
            task ->
                assertThat(String.valueOf(task.stop()))
                    .contains("ServiceSchedulerInitiated", "Task failed container health checks"));
    stage.end();
    assertThat(stage.row().primary().failedTasks()).isEqualTo(1);
  }

  @Test
  void replacesUnhealthyTasksOneByOneWhenNoMoreMayRun() {
    Stage stage =
        Stage.open()
            .roomy()
            .create(
                one ->
                    one.taskDefinition("checked:1")
                        .desiredCount(4)
                        .deploymentConfiguration(
                            two -> two.minimumHealthyPercent(50).maximumPercent(100)))
            .run();
    stage.wanted().forEach(task -> stage.health(task, Health.HEALTHY));
    stage.pass(Duration.ofMinutes(5));
    stage.wanted().subList(0, 2).forEach(task -> stage.health(task, Health.UNHEALTHY));
    stage.settle();
    assertThat(stage.wanted()).hasSize(4);
    assertThat(stage.wanted(TaskStatus.PENDING)).hasSize(1);
    assertThat(stage.stopping()).hasSize(1);
  }

  @Test
  void ignoresFailingChecksInTheGracePeriod() {
    Stage stage =
        Stage.open()
            .roomy()
            .create(one -> one.taskDefinition("checked:1").healthCheckGracePeriodSeconds(30))
            .run();
    stage.wanted().forEach(task -> stage.health(task, Health.UNHEALTHY));
    stage.pass(Duration.ofSeconds(29));
    assertThat(stage.wanted()).hasSize(2);
    stage.pass(Duration.ofSeconds(1));
    assertThat(stage.wanted()).hasSize(4);
  }

  @Test
  void saysWhyNoTaskCouldBePlacedAndTriesAgainWhenThereIsRoom() {
    Stage stage = Stage.open().create(_ -> {});
    assertThat(stage.events())
        .containsExactly(
            "was unable to place a task because no container instance met all of its"
                + " requirements. Reason: No Container Instances were found in your cluster. For"
                + " more information, see the Troubleshooting section of the Amazon ECS Developer"
                + " Guide.");
    stage.pass(Duration.ofMinutes(10));
    assertThat(stage.events()).hasSize(1);
    stage.instance("small", 15, 15, "a");
    assertThat(stage.wanted()).hasSize(1);
    assertThat(stage.events().getFirst())
        .isEqualTo(
            "was unable to place a task because no container instance met all of its"
                + " requirements. The closest matching container-instance small has insufficient"
                + " CPU units available. For more information, see the Troubleshooting section of"
                + " the Amazon ECS Developer Guide. Of 1 instances: 1 RESOURCE:CPU (nearest small"
                + " needs 10 CPU units, 5 of 15 are free); 1 RESOURCE:MEMORY (nearest small needs"
                + " 10 MiB of memory, 5 of 15 are free).");
    stage.instance("big", 1000, 1000, "a");
    assertThat(stage.wanted()).as("at once").hasSize(2);
    assertThat(stage.row().placementRetryAt()).isNull();
  }

  @Test
  void triesAgainWhenATaskMadeRoom() {
    Stage stage = Stage.open().instance("one", 20, 20, "a").create(_ -> {}).runAll();
    stage.update(one -> one.desiredCount(3));
    assertThat(stage.row().placementRetryAt()).isNotNull();
    stage.pass(Duration.ofMinutes(3));
    stage.exits(stage.wanted().getFirst(), 0);
    stage.settle();
    assertThat(stage.wanted()).hasSize(2);
  }

  @Test
  void saysThatThePercentagesBlockADeployment() {
    Stage stage =
        Stage.open()
            .roomy()
            .create(
                one ->
                    one.desiredCount(1)
                        .deploymentConfiguration(
                            two -> two.minimumHealthyPercent(100).maximumPercent(150)))
            .runAll();
    stage.update(one -> one.taskDefinition("app:2"));
    assertThat(stage.events().getFirst())
        .isEqualTo(
            "was unable to stop or start tasks during a deployment because of the service"
                + " deployment configuration. Update the minimumHealthyPercent or maximumPercent"
                + " value and try again.");
    stage.update(one -> one.deploymentConfiguration(two -> two.minimumHealthyPercent(0)));
    stage.runAll();
    assertThat(stage.wanted()).singleElement().matches(task -> task.revision() == 2);
  }

  @Test
  void replacesPendingTasksOfADrainingInstanceAtOnce() {
    Stage stage = Stage.open().roomy().create(_ -> {});
    stage.instanceStatus("one", ContainerInstance.DRAINING);
    assertThat(stage.wanted()).extracting(Task::instanceId).isEqualTo(List.of("two", "two"));
    assertThat(stage.events()).contains("stopped 1 pending tasks.");
  }

  @Test
  void neverDrainsWhenNeitherMoreNorFewerTasksMayRun() {
    Stage stage =
        Stage.open()
            .roomy()
            .create(
                one -> one.desiredCount(1).deploymentConfiguration(two -> two.maximumPercent(150)))
            .runAll();
    Task task = stage.wanted().getFirst();
    stage.instanceStatus(String.valueOf(task.instanceId()), ContainerInstance.DRAINING);
    stage.pass(Duration.ofHours(1));
    assertThat(stage.wanted()).containsExactly(task);
  }

  @Test
  void replacesTheTasksOfAnInstanceThatIsGone() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    stage.instanceStatus("one", ContainerInstance.INACTIVE);
    assertThat(stage.wanted()).extracting(Task::instanceId).isEqualTo(List.of("two", "two"));
    assertThat(stage.world.state().all(Tasks.TABLE).stream().filter(Task::stopped))
        .singleElement()
        .satisfies(
            task ->
                assertThat(String.valueOf(task.stop()))
                    .contains("Container instance deregistration forced by user"));
    assertThat(stage.row().primary().trouble()).isZero();
  }

  @Test
  void replacesByTheNewestDeploymentOnly() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    stage.update(one -> one.taskDefinition("app:2"));
    stage.update(one -> one.taskDefinition("checked:1"));
    assertThat(stage.wanted(TaskStatus.PENDING)).allMatch(task -> task.family().equals("checked"));
    assertThat(stage.described().deployments()).hasSize(3);
    stage.end().run();
    stage.wanted().stream()
        .filter(task -> task.family().equals("checked"))
        .forEach(task -> stage.health(task, Health.HEALTHY));
    stage.settle().end();
    assertThat(stage.described().deployments()).hasSize(1);
  }

  @Test
  void repeatsItsSteadyStateEverySixHours() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    assertThat(Services.TABLE.dueAt(stage.row()))
        .isEqualTo(stage.world.now().plus(Chronicle.REPEAT));
    stage.pass(Chronicle.REPEAT);
    assertThat(stage.events().subList(0, 2))
        .containsExactly("has reached a steady state.", "has reached a steady state.");
  }

  @Test
  void keepsAHundredEvents() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    for (int i = 0; i < 120; i++) {
      stage.pass(Chronicle.REPEAT);
    }
    assertThat(stage.described().events()).hasSize(100);
    assertThat(stage.described().events().getFirst().createdAt()).isEqualTo(stage.world.now());
  }

  @Test
  void startsWhatOnePlanLeavesOverAtOnce() {
    int desired = 2 * Pace.STARTS_MAX + 1;
    Stage stage = Stage.open().roomy().create(one -> one.desiredCount(desired));
    stage.pass(Duration.ofMillis(10));
    assertThat(stage.wanted()).hasSize(desired);
    stage.delete(true);
    assertThat(stage.wanted()).isEmpty();
    stage.end();
    assertThat(stage.row().status()).isEqualTo(Service.INACTIVE);
    assertThat(stage.world.state().count(ServiceTasks.TABLE)).isZero();
  }

  @Test
  void tagsItsTasks() {
    Stage stage =
        Stage.open()
            .roomy()
            .create(
                one ->
                    one.propagateTags("SERVICE")
                        .enableECSManagedTags(true)
                        .tags(tag -> tag.key("team").value("blue")));
    assertThat(stage.wanted().getFirst().tags().toString())
        .contains("team", "blue", "aws:ecs:clusterName", "default", "aws:ecs:serviceName", "web");
    stage.update(one -> one.propagateTags("TASK_DEFINITION").desiredCount(3));
    assertThat(stage.wanted().stream().filter(task -> task.tags().toString().contains("from")))
        .hasSize(1);
  }

  @Test
  void scalesInTheFullestZoneFirst() {
    Stage stage =
        Stage.open()
            .instance("a1", 1000, 1000, "a")
            .instance("b1", 20, 20, "b")
            .create(one -> one.desiredCount(6))
            .runAll();
    assertThat(stage.wanted().stream().filter(task -> "b1".equals(task.instanceId()))).hasSize(2);
    stage.update(one -> one.desiredCount(4));
    assertThat(stage.wanted().stream().filter(task -> "b1".equals(task.instanceId()))).hasSize(2);
  }
}
