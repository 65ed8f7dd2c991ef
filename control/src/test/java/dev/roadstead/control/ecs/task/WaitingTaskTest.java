package dev.roadstead.control.ecs.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.Rows;
import dev.roadstead.control.RuleRow;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.table.WaitingTasks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;

/// Tasks on capacity providers: where they run, and how they wait for room. Each task takes half of
/// an instance's memory.
class WaitingTaskTest {
  private static final String CAUSE = "roadstead.waiting.cause";
  private static final String DETAIL = "roadstead.waiting.detail";
  private static final String POSITION = "roadstead.waiting.position";

  private World world = RuleRow.world().with(new WaitingTaskController());

  @BeforeEach
  void providers() {
    provider("scaled", "ENABLED");
    provider("fixed", "DISABLED");
    perform(
        "CreateCluster {\"capacityProviders\": [\"scaled\", \"fixed\", \"FARGATE\"],"
            + "\"defaultCapacityProviderStrategy\":"
            + "[{\"capacityProvider\": \"scaled\", \"weight\": 1}]}");
    perform(
        "RegisterTaskDefinition {\"family\": \"web\", \"containerDefinitions\":"
            + "[{\"name\": \"a\", \"image\": \"b\", \"memory\": 2048}]}");
  }

  @Test
  void tasksRunOnTheInstancesOfTheirProviderOnly() {
    join("i1", "fixed");
    join("i2", "scaled");
    Task task = run(1).getFirst();
    assertThat(task.capacityProviderName()).isEqualTo("scaled");
    assertThat(task.launchTypeAsString()).isEqualTo("EC2");
    assertThat(task.containerInstanceArn()).endsWith("/i2");
    assertThat(run("fixed", 1).tasks().getFirst().containerInstanceArn()).endsWith("/i1");
  }

  @Test
  void baseAndWeightsShareTheTasksOut() {
    join("i1", "fixed");
    join("i2", "scaled");
    join("i3", "scaled");
    RunTaskResponse run =
        runTask(
            "\"count\": 4, \"capacityProviderStrategy\":"
                + "[{\"capacityProvider\": \"scaled\", \"weight\": 1, \"base\": 2},"
                + "{\"capacityProvider\": \"fixed\", \"weight\": 1}]");
    assertThat(run.tasks())
        .extracting(Task::capacityProviderName)
        .containsExactly("scaled", "scaled", "scaled", "fixed");
  }

  @Test
  void withoutManagedScalingWhatHasNoRoomFails() {
    join("i1", "fixed");
    RunTaskResponse run = run("fixed", 3);
    assertThat(run.tasks()).hasSize(2);
    assertThat(run.failures()).extracting(one -> one.reason()).containsExactly("RESOURCE:MEMORY");
    new RuleRow(
            "RunTask",
            "{\"taskDefinition\": \"web\", \"capacityProviderStrategy\":"
                + "[{\"capacityProvider\": \"fixed\", \"weight\": 1}]}",
            "InvalidParameterException: No Container Instances were found in your capacity"
                + " provider.")
        .check(withoutInstances());
  }

  @Test
  void withManagedScalingItWaitsInOrderAndSaysWhy() {
    List<Task> waiting = run(2);
    assertThat(waiting).allMatch(task -> task.lastStatus().equals("PROVISIONING"));
    assertThat(attribute(waiting.getFirst(), CAUSE)).isEqualTo("EMPTY CAPACITY PROVIDER");
    assertThat(attribute(waiting.getLast(), POSITION)).isEqualTo("2");
    world.pass(Duration.ofSeconds(1));
    Task third = run(1).getFirst();
    assertThat(attribute(third, POSITION)).isEqualTo("3");
    join("i1", "scaled");
    assertThat(status(waiting.getFirst())).isEqualTo("PENDING");
    assertThat(status(waiting.getLast())).isEqualTo("PENDING");
    Task left = described(third);
    assertThat(left.lastStatus()).isEqualTo("PROVISIONING");
    assertThat(attribute(left, POSITION)).isEqualTo("1");
    assertThat(attribute(left, CAUSE)).isEqualTo("RESOURCE:MEMORY");
    assertThat(attribute(left, DETAIL))
        .isEqualTo(
            "of 1 instances {RESOURCE:MEMORY=1}; the nearest, i1, needs 2048 MiB of memory, 0 of"
                + " 4096 are free");
    end(waiting.getFirst());
    assertThat(status(third)).isEqualTo("PENDING");
    assertThat(described(third).containerInstanceArn()).endsWith("/i1");
    assertThat(world.state().count(WaitingTasks.TABLE)).isZero();
  }

  @Test
  void drainedInstancesAreNoRoom() {
    ContainerInstance drained =
        ContainerInstanceBuilder.builder(instance("i1", "scaled"))
            .status(ContainerInstance.DRAINING)
            .build();
    world.apply(List.of(ContainerInstances.create(drained))).settle();
    assertThat(attribute(run(1).getFirst(), CAUSE)).isEqualTo("NO ACTIVE INSTANCES");
  }

  @Test
  void afterItsLimitItFails() {
    join("i1", "scaled");
    Task first = run(3).getLast();
    world.pass(WaitingTasks.LIMIT.minusSeconds(1)).settle();
    assertThat(status(first)).isEqualTo("PROVISIONING");
    world.pass(Duration.ofSeconds(1)).settle();
    Task failed = described(first);
    assertThat(failed.lastStatus()).isEqualTo("STOPPED");
    assertThat(failed.stopCodeAsString()).isEqualTo(StopCause.TASK_FAILED_TO_START);
    assertThat(failed.stoppedReason()).isEqualTo("TaskFailedToStart: RESOURCE:MEMORY");
    assertThat(failed.containers().getFirst().lastStatus()).isEqualTo("STOPPED");
    assertThat(world.state().count(WaitingTasks.TABLE)).isZero();
  }

  @Test
  void aRestartOfTheControlPlaneChangesNothing() {
    List<Task> waiting = run(3);
    world.pass(Duration.ofMinutes(1));
    Task later = run(1).getFirst();
    restart();
    assertThat(waiting).extracting(this::status).containsOnly("PROVISIONING");
    assertThat(attribute(described(waiting.get(2)), POSITION)).isEqualTo("3");
    assertThat(attribute(described(later), CAUSE)).isEqualTo("EMPTY CAPACITY PROVIDER");
    join("i1", "scaled");
    assertThat(waiting)
        .extracting(this::status)
        .containsExactly("PENDING", "PENDING", "PROVISIONING");
    assertThat(attribute(described(later), POSITION)).isEqualTo("2");
    world.apply(List.of(ContainerInstances.create(instance("i2", "scaled"))));
    restart();
    assertThat(status(waiting.get(2)))
        .as("room that came just before the end")
        .isEqualTo("PENDING");
    assertThat(status(later)).isEqualTo("PENDING");
    Task last = run(1).getFirst();
    restart();
    world.pass(WaitingTasks.LIMIT);
    restart();
    assertThat(described(last).stoppedReason()).isEqualTo("TaskFailedToStart: RESOURCE:MEMORY");
    assertThat(world.state().count(WaitingTasks.TABLE)).isZero();
  }

  private void restart() {
    world = world.restarted(List.of(new WaitingTaskController())).settle();
  }

  @Test
  void stoppedItWaitsNoMore() {
    Task task = run(1).getFirst();
    perform("StopTask {\"task\": \"" + task.taskArn() + "\"}");
    assertThat(status(task)).isEqualTo("STOPPED");
    assertThat(world.state().count(WaitingTasks.TABLE)).isZero();
    join("i1", "scaled");
    assertThat(status(task)).isEqualTo("STOPPED");
  }

  @Test
  void aLargeTaskDoesNotHoldUpASmallOne() {
    perform(
        "RegisterTaskDefinition {\"family\": \"large\", \"containerDefinitions\":"
            + "[{\"name\": \"a\", \"image\": \"b\", \"memory\": 9999}]}");
    Task large =
        RunTaskResponse.class
            .cast(perform("RunTask {\"taskDefinition\": \"large\"}"))
            .tasks()
            .getFirst();
    world.pass(Duration.ofSeconds(1));
    Task small = run(1).getFirst();
    join("i1", "scaled");
    assertThat(status(large)).isEqualTo("PROVISIONING");
    assertThat(status(small)).isEqualTo("PENDING");
  }

  @Test
  void constraintsOfTheRequestCountWhenRoomComes() {
    RunTaskResponse run =
        runTask("\"count\": 2, \"placementConstraints\": [{\"type\": \"distinctInstance\"}]");
    join("i1", "scaled");
    assertThat(run.tasks()).extracting(this::status).containsExactly("PENDING", "PROVISIONING");
    join("i2", "scaled");
    assertThat(run.tasks()).extracting(this::status).containsExactly("PENDING", "PENDING");
  }

  @Test
  void itsContainersGetTheirGpusWhenRoomComes() {
    Task waiting =
        runTask(
                "\"overrides\": {\"containerOverrides\": [{\"name\": \"a\","
                    + " \"resourceRequirements\": [{\"type\": \"GPU\", \"value\": \"2\"}]}]}")
            .tasks()
            .getFirst();
    assertThat(waiting.containers().getFirst().gpuIds()).isEmpty();
    join(ContainerInstanceBuilder.builder(instance("i1", "scaled")).gpuIds(List.of("a", "b", "c")));
    assertThat(described(waiting).containers().getFirst().gpuIds()).containsExactly("a", "b");
  }

  @Test
  void onlySoManyWait() {
    for (int i = 0; i < WaitingTasks.PER_CLUSTER_MAX / 10; i++) {
      world.pass(Duration.ofMillis(1));
      run(10);
    }
    new RuleRow(
            "RunTask",
            "{\"taskDefinition\": \"web\"}",
            "ClientException: The tasks provisioning capacity limit was exceeded.")
        .check(world);
  }

  @Test
  void fargateHasNoCapacity() {
    perform(
        "RegisterTaskDefinition {\"family\": \"far\", \"cpu\": \"256\","
            + "\"memory\": \"512\", \"networkMode\": \"awsvpc\","
            + "\"requiresCompatibilities\": [\"FARGATE\"],"
            + "\"containerDefinitions\": [{\"name\": \"a\", \"image\": \"b\"}]}");
    String strategy =
        ", \"capacityProviderStrategy\": [{\"capacityProvider\": \"FARGATE\", \"weight\": 1}]}";
    new RuleRow(
            "RunTask",
            "{\"taskDefinition\": \"web\"" + strategy,
            "InvalidParameterException: Task definition does not support launch_type FARGATE.")
        .check(world);
  }

  private void provider(String name, String scaling) {
    perform(
        "CreateCapacityProvider {\"name\": \"%s\", \"autoScalingGroupProvider\":".formatted(name)
            + "{\"autoScalingGroupArn\": \"g\", \"managedScaling\": {\"status\": \"%s\"}}}"
                .formatted(scaling));
  }

  private static ContainerInstance instance(String id, String provider) {
    ContainerInstance plain = Rows.instance(id);
    return ContainerInstanceBuilder.builder(plain)
        .attributes(List.of(new Attribute(ContainerInstance.CAPACITY_PROVIDER, provider)))
        .build();
  }

  private void join(String id, String provider) {
    join(ContainerInstanceBuilder.builder(instance(id, provider)));
  }

  private void join(ContainerInstanceBuilder instance) {
    world.apply(List.of(ContainerInstances.create(instance.build()))).settle();
  }

  /// The same world as it was before any instance joined.
  private World withoutInstances() {
    return world.apply(
        world.state().all(ContainerInstances.TABLE).stream()
            .map(row -> ContainerInstances.TABLE.delete(row.key()))
            .toList());
  }

  private void end(Task task) {
    String id = task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1);
    var row = world.state().get(Tasks.TABLE, World.scope().key("default", id));
    world
        .apply(
            Tasks.update(
                row, TaskBuilder.builder(row).lastStatus(TaskStatus.STOPPED).wanted(false).build()))
        .settle();
  }

  private List<Task> run(int count) {
    return runTask("\"count\": " + count).tasks();
  }

  private RunTaskResponse run(String provider, int count) {
    return runTask(
        "\"count\": %d, \"capacityProviderStrategy\":".formatted(count)
            + "[{\"capacityProvider\": \"%s\", \"weight\": 1}]".formatted(provider));
  }

  private RunTaskResponse runTask(String members) {
    return (RunTaskResponse) perform("RunTask {\"taskDefinition\": \"web\", " + members + "}");
  }

  private String status(Task task) {
    return described(task).lastStatus();
  }

  private Task described(Task task) {
    return ((DescribeTasksResponse)
            perform("DescribeTasks {\"tasks\": [\"" + task.taskArn() + "\"]}"))
        .tasks()
        .getFirst();
  }

  private static String attribute(Task task, String name) {
    return task.attributes().stream()
        .filter(one -> one.name().equals(name))
        .map(one -> one.value())
        .findFirst()
        .orElse("");
  }

  private Object perform(String call) {
    return RuleRow.perform(world, call);
  }
}
