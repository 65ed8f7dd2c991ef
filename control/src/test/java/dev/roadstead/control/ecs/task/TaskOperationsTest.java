package dev.roadstead.control.ecs.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.Rows;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.ClientTokens;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.TaskProtections;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.TaskTimesBuilder;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.wire.api.AwsError;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StartTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

final class TaskOperationsTest {
  private final World world =
      new World(
              List.of(
                  Clusters.TABLE,
                  Tasks.TABLE,
                  ContainerInstances.TABLE,
                  TaskDefinitions.TABLE,
                  TaskDefinitions.FAMILIES,
                  ClientTokens.TABLE,
                  Services.TABLE,
                  TaskProtections.TABLE,
                  TaskSets.TABLE))
          .with(new TaskReaper(true));

  @BeforeEach
  void aClusterWithOneInstance() {
    world.apply(
        List.of(
            Clusters.put(Rows.cluster("default")),
            ContainerInstances.create(Rows.instance("one")),
            TaskDefinitions.put(Rows.definition("web", 1))));
  }

  @Test
  void placesATaskAndReservesItsRoom() {
    var task = run(web().build()).tasks().getFirst();

    assertThat(task.lastStatus()).isEqualTo("PENDING");
    assertThat(task.desiredStatus()).isEqualTo("RUNNING");
    assertThat(task.group()).isEqualTo("family:web");
    assertThat(task.cpu()).isEqualTo("256");
    assertThat(task.memory()).isEqualTo("128");
    assertThat(task.containers()).hasSize(1);
    assertThat(task.overrides().containerOverrides().getFirst().name()).isEqualTo("web");
    assertThat(task.version()).isEqualTo(1);
    var usage = world.state().value(Tasks.USAGE, Rows.instance("one").key());
    assertThat(usage.cpuUnits()).isEqualTo(256);
    assertThat(usage.memoryMib()).isEqualTo(128);
    assertThat(usage.pending()).isEqualTo(1);
  }

  @Test
  void placesWhatFitsAndExplainsTheRest() {
    var answer = run(web().count(10).build());

    assertThat(answer.tasks()).hasSize(8);
    assertThat(answer.failures()).isNotEmpty();
    assertThat(answer.failures().getFirst().reason()).isEqualTo("RESOURCE:CPU");
    assertThat(answer.failures().getFirst().detail()).contains("256");
  }

  @Test
  void saysWhenAnAgentIsNotConnected() {
    world.apply(
        ContainerInstances.update(
            Rows.instance("one"),
            ContainerInstanceBuilder.builder(Rows.instance("one")).connected(false).build()));

    assertThat(run(web().build()).failures().getFirst().reason()).isEqualTo("AGENT");
  }

  @Test
  void refusesAClusterWithoutInstances() {
    world.apply(List.of(Clusters.put(Rows.cluster("empty"))));

    assertRefused(
        web().cluster("empty").build(),
        "InvalidParameterException",
        "No Container Instances were found in your cluster.");
  }

  @Test
  void refusesWhatItMust() {
    assertRefused(web().cluster("x").build(), "ClusterNotFoundException", "Cluster not found.");
    assertRefused(
        web().launchType("FARGATE").build(),
        "InvalidParameterException",
        "Task definition does not support launch_type FARGATE.");
    assertRefused(
        web().overrides(overrideOf("nope")).build(),
        "InvalidParameterException",
        "Override for container named nope is not a container in the TaskDefinition.");
    assertRefused(
        web().networkConfiguration(n -> n.awsvpcConfiguration(a -> a.subnets("subnet-1"))).build(),
        "InvalidParameterException",
        "Network Configuration is not valid for the given networkMode of this task definition.");
    assertRefused(
        web()
            .launchType("EC2")
            .capacityProviderStrategy(
                List.of(CapacityProviderStrategyItem.builder().capacityProvider("x").build()))
            .build(),
        "InvalidParameterException",
        "Specify either Launch Type or Capacity Provider Strategy, but not both.");
    assertThat(code(web().count(11).build())).isEqualTo("InvalidParameterException");
    assertThat(code(web().count(0).build())).isEqualTo("InvalidParameterException");
    assertThat(code(web().propagateTags(PropagateTags.SERVICE).build()))
        .isEqualTo("InvalidParameterException");
    assertThat(code(web().group("service:web").build())).isEqualTo("InvalidParameterException");
    assertThat(code(web().startedBy("x".repeat(129)).build()))
        .isEqualTo("InvalidParameterException");
  }

  @Test
  void startsNothingTwiceForOneToken() {
    var first = run(web().clientToken("t").build());
    var again = run(web().clientToken("t").build());

    assertThat(again.tasks().getFirst().taskArn()).isEqualTo(first.tasks().getFirst().taskArn());
    assertThat(world.state().count(Tasks.TABLE)).isEqualTo(1);
    AwsError conflict =
        world.refusal(new RunTask(), web().clientToken("t").count(2).build()).error();
    assertThat(conflict.code()).isEqualTo("ConflictException");
    assertThat(conflict.members())
        .containsEntry("resourceIds", List.of(first.tasks().getFirst().taskArn()));

    world.pass(ClientTokens.LIFETIME).settle();
    assertThat(run(web().clientToken("t").build()).tasks().getFirst().taskArn())
        .isNotEqualTo(first.tasks().getFirst().taskArn());
  }

  @Test
  void appliesOverridesToTheReservation() {
    var task = run(web().overrides(overrideOf("web")).build()).tasks().getFirst();

    assertThat(task.cpu()).isEqualTo("512");
    assertThat(task.overrides().containerOverrides().getFirst().command()).containsExactly("date");
  }

  @Test
  void startsOnTheNamedInstancesOnly() {
    var answer =
        world.call(
            new StartTask(),
            StartTaskRequest.builder()
                .taskDefinition("web")
                .containerInstances("one", "gone")
                .build());

    assertThat(answer.tasks()).hasSize(1);
    assertThat(answer.failures().getFirst().reason()).isEqualTo("MISSING");
    assertThat(
            world
                .refusal(new StartTask(), StartTaskRequest.builder().taskDefinition("web").build())
                .error()
                .message())
        .isEqualTo("Container Instances cannot be empty.");
  }

  @Test
  void stopsWithTheFirstReason() {
    String arn = run(web().build()).tasks().getFirst().taskArn();

    var stopped =
        world
            .call(new StopTask(), StopTaskRequest.builder().task(arn).reason("first").build())
            .task();
    world.call(new StopTask(), StopTaskRequest.builder().task(arn).reason("second").build());

    assertThat(stopped.desiredStatus()).isEqualTo("STOPPED");
    assertThat(stopped.stopCodeAsString()).isEqualTo("UserInitiated");
    assertThat(describe(arn).stoppedReason()).isEqualTo("first");
    assertThat(describe(arn).version()).isEqualTo(2);
    assertThat(
            world
                .refusal(new StopTask(), StopTaskRequest.builder().task("nope").build())
                .error()
                .message())
        .isEqualTo("The referenced task was not found.");
  }

  @Test
  void stopsWithAReasonOfItsOwn() {
    String arn = run(web().build()).tasks().getFirst().taskArn();

    world.call(new StopTask(), StopTaskRequest.builder().task(arn).build());

    assertThat(describe(arn).stoppedReason()).isEqualTo("Task stopped by user");
  }

  @Test
  void listsByEveryFilter() {
    String arn = run(web().startedBy("me").build()).tasks().getFirst().taskArn();

    assertThat(list(b -> b.family("web"))).containsExactly(arn);
    assertThat(list(b -> b.family("other"))).isEmpty();
    assertThat(list(b -> b.startedBy("me"))).containsExactly(arn);
    assertThat(list(b -> b.startedBy("you"))).isEmpty();
    assertThat(list(b -> b.containerInstance("one"))).containsExactly(arn);
    assertThat(list(b -> b.launchType("EXTERNAL"))).isEmpty();
    assertThat(list(b -> b.desiredStatus("PENDING"))).isEmpty();
    assertThat(list(b -> b.desiredStatus("STOPPED"))).isEmpty();
    world.call(new StopTask(), StopTaskRequest.builder().task(arn).build());
    assertThat(list(b -> b)).isEmpty();
    assertThat(list(b -> b.desiredStatus("STOPPED"))).containsExactly(arn);
  }

  @Test
  void forgetsStoppedTasksAfterTheirTime() {
    String arn = run(web().build()).tasks().getFirst().taskArn();
    Task task = world.state().all(Tasks.TABLE).getFirst();
    world.apply(
        Tasks.update(
            task,
            TaskBuilder.builder(task)
                .wanted(false)
                .lastStatus(TaskStatus.STOPPED)
                .times(TaskTimesBuilder.builder(task.times()).stoppedAt(world.now()).build())
                .build()));

    world.pass(Duration.ofHours(1)).settle();
    assertThat(describe(arn).lastStatus()).isEqualTo("STOPPED");

    world.pass(Tasks.STOPPED_RETENTION).settle();
    assertThat(
            world
                .call(
                    new DescribeTasks(TaskHistory.NONE),
                    DescribeTasksRequest.builder().tasks(arn).build())
                .failures()
                .getFirst()
                .reason())
        .isEqualTo("MISSING");
  }

  private List<String> list(java.util.function.UnaryOperator<ListTasksRequest.Builder> filter) {
    return world
        .call(new ListTasks(TaskHistory.NONE), filter.apply(ListTasksRequest.builder()).build())
        .taskArns();
  }

  private software.amazon.awssdk.services.ecs.model.Task describe(String arn) {
    return world
        .call(
            new DescribeTasks(TaskHistory.NONE), DescribeTasksRequest.builder().tasks(arn).build())
        .tasks()
        .getFirst();
  }

  private RunTaskResponse run(RunTaskRequest request) {
    return world.call(new RunTask(), request);
  }

  private String code(RunTaskRequest request) {
    return world.refusal(new RunTask(), request).error().code();
  }

  private void assertRefused(RunTaskRequest request, String code, String message) {
    AwsError error = world.refusal(new RunTask(), request).error();
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.message()).isEqualTo(message);
  }

  private static RunTaskRequest.Builder web() {
    return RunTaskRequest.builder().taskDefinition("web");
  }

  private static TaskOverride overrideOf(String container) {
    return TaskOverride.builder()
        .containerOverrides(
            ContainerOverride.builder().name(container).cpu(512).command("date").build())
        .build();
  }
}
