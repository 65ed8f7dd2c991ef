package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.RuleRow;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.task.ListTasks;
import dev.roadstead.control.ecs.task.StartTask;
import dev.roadstead.control.ecs.task.TaskHistory;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.CreateTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskSetsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskSetsResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.StartTaskRequest;
import software.amazon.awssdk.services.ecs.model.TaskSet;
import software.amazon.awssdk.services.ecs.model.UpdateServicePrimaryTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskSetRequest;

/// Services with the EXTERNAL controller, driven by task sets.
@SuppressWarnings("unchecked") // the SDK takes varargs of consumers of builders
class TaskSetTest {
  private static final String RULES =
      """
      CreateTaskSet {"service": "unknown", "taskDefinition": "web"}
      ServiceNotFoundException: Service not found.

      CreateTaskSet {"service": "gone", "taskDefinition": "web"}
      ServiceNotActiveException: Service was not ACTIVE.

      CreateTaskSet {"service": "rolling", "taskDefinition": "web"}
      InvalidParameterException: Amazon ECS only supports task set management on services \
      configured to use external deployment controllers.

      CreateTaskSet {"service": "sets"}
      InvalidParameterException: TaskDefinition can not be blank.

      CreateTaskSet {"service": "sets", "taskDefinition": "web", "scale": {"value": 100.5}}
      InvalidParameterException: scale value must be between 0 and 100.

      CreateTaskSet {"service": "sets", "taskDefinition": "web", "scale": {"unit": "TASKS"}}
      InvalidParameterException: TASKS should be one of [PERCENT]

      CreateTaskSet {"service": "sets", "taskDefinition": "web", "externalId": "fill(1025)"}
      InvalidParameterException: externalId must be at most 1024 characters.

      CreateTaskSet {"service": "sets", "taskDefinition": "web", "launchType": "FARGATE"}
      InvalidParameterException: Task definition does not support launch_type FARGATE.

      CreateTaskSet {"service": "sets", "taskDefinition": "web", \
      "serviceRegistries": [{"registryArn": "r"}]}
      UnsupportedFeatureException: serviceRegistries is not supported yet by Roadstead.

      CreateTaskSet {"service": "sets", "taskDefinition": "web", "launchType": "EC2", \
      "capacityProviderStrategy": [{"capacityProvider": "p"}]}
      InvalidParameterException: Specifying both a launch type and capacity provider strategy is \
      not supported

      CreateTaskSet {"service": "sets", "taskDefinition": "web", \
      "capacityProviderStrategy": [{"capacityProvider": "FARGATE", "weight": 1}]}
      InvalidParameterException: The specified capacity provider strategy cannot contain a \
      capacity provider that is not associated with the cluster

      CreateService {"serviceName": "new", "desiredCount": 1, \
      "capacityProviderStrategy": [{"capacityProvider": "p", "weight": 1}], \
      "deploymentController": {"type": "EXTERNAL"}}
      InvalidParameterException: CapacityProviderStrategy must be blank

      UpdateTaskSet {"service": "sets", "taskSet": "unknown", "scale": {"value": 1}}
      TaskSetNotFoundException: The specified task set does not exist.

      UpdateTaskSet {"service": "sets", "scale": {"value": 1}}
      InvalidParameterException: Task set can not be blank.

      DeleteTaskSet {"service": "sets", "taskSet": "unknown"}
      TaskSetNotFoundException: The specified task set does not exist.

      UpdateServicePrimaryTaskSet {"service": "sets", "primaryTaskSet": "unknown"}
      TaskSetNotFoundException: The specified task set does not exist.

      DescribeTaskSets {"service": "rolling"}
      InvalidParameterException: Amazon ECS only supports task set management on services \
      configured to use external deployment controllers.

      DescribeTaskSets {"service": "sets", "include": ["ALL"]}
      InvalidParameterException: ALL should be one of [TAGS]

      DescribeTaskSets {"service": "sets", "taskSets": list(101 of "t#")}
      InvalidParameterException: Task sets cannot have more than 100 elements.

      CreateService {"serviceName": "new", "schedulingStrategy": "DAEMON", \
      "deploymentController": {"type": "EXTERNAL"}}
      InvalidParameterException: The daemon scheduling strategy does not support the EXTERNAL \
      deployment controller

      CreateService {"serviceName": "new", "desiredCount": 1, "launchType": "FARGATE", \
      "deploymentController": {"type": "EXTERNAL"}}
      UnsupportedFeatureException: Launch type FARGATE is not supported yet by Roadstead.

      UpdateService {"service": "sets", "forceNewDeployment": true}
      InvalidParameterException: Of a service with the EXTERNAL deployment controller only the \
      desired count, health check grace period, placement and tag options can be updated.

      UpdateService {"service": "sets", "deploymentController": {"type": "ECS"}}
      UnsupportedFeatureException: Changing the deployment controller is not supported yet by \
      Roadstead.
      """;

  private final Stage stage =
      Stage.open()
          .roomy()
          .create(
              one ->
                  one.taskDefinition(null)
                      .desiredCount(3)
                      .deploymentController(two -> two.type("EXTERNAL")));

  @Test
  void startsNothingWithoutATaskSet() {
    assertThat(stage.wanted()).isEmpty();
    assertThat(stage.described().deployments()).isEmpty();
    assertThat(stage.described().taskDefinition()).isNull();
    assertThat(stage.described().deploymentController().typeAsString()).isEqualTo("EXTERNAL");
  }

  @Test
  void keepsAShareOfTheDesiredCount() {
    TaskSet set = create("app:1", 50);
    assertThat(set.computedDesiredCount()).as("rounded up").isEqualTo(2);
    assertThat(set.status()).isEqualTo("ACTIVE");
    assertThat(set.stabilityStatusAsString()).isEqualTo("STABILIZING");
    assertThat(set.taskSetArn()).endsWith(":task-set/default/web/" + set.id());
    assertThat(stage.wanted()).hasSize(2);
    stage.runAll();
    assertThat(described(set).stabilityStatusAsString()).isEqualTo("STEADY_STATE");
    assertThat(described(set).runningCount()).isEqualTo(2);
    assertThat(stage.described().runningCount()).isEqualTo(2);
    assertThat(stage.events().getFirst())
        .isEqualTo("(service web, taskSet D) has reached a steady state.");

    scale(set, 100);
    assertThat(stage.wanted()).hasSize(3);
    stage.update(one -> one.desiredCount(6));
    assertThat(stage.wanted()).hasSize(6);
    scale(set, 0);
    assertThat(stage.wanted()).isEmpty();
  }

  @Test
  void movesFromOneTaskSetToAnother() {
    TaskSet blue = create("app:1", 100);
    primary(blue);
    stage.runAll();
    assertThat(stage.described().taskDefinition()).endsWith("app:1");
    TaskSet green = create("app:2", 100);
    stage.runAll();
    assertThat(stage.wanted(TaskStatus.RUNNING)).hasSize(6);
    primary(green);
    assertThat(described(blue).status()).isEqualTo("ACTIVE");
    assertThat(described(green).status()).isEqualTo("PRIMARY");
    assertThat(stage.described().taskDefinition()).endsWith("app:2");
    assertThat(stage.described().taskSets()).hasSize(2);
    TaskSet ended = delete(blue, true);
    assertThat(ended.status()).isEqualTo("DRAINING");
    assertThat(delete(blue, false).status()).as("a repeat").isEqualTo("DRAINING");
    assertThat(stage.wanted()).hasSize(3).allMatch(task -> task.revision() == 2);
    stage.end();
    assertThat(stage.described().taskSets()).hasSize(1);
    assertThat(describe(blue.id()).failures().getFirst().reason()).isEqualTo("MISSING");
  }

  @Test
  void replacesWhatFails() {
    create("app:1", 100);
    stage.runAll().pass(Trouble.PROOF);
    stage.exits(stage.wanted().getFirst(), 1);
    stage.settle();
    assertThat(stage.wanted()).hasSize(3);
    assertThat(stage.wanted()).allMatch(task -> "service:web".equals(task.group()));
  }

  @Test
  void waitsForRoom() {
    Stage small =
        Stage.open()
            .create(
                one ->
                    one.taskDefinition(null)
                        .desiredCount(2)
                        .deploymentController(two -> two.type("EXTERNAL")));
    small.world.call(
        new CreateTaskSet(),
        CreateTaskSetRequest.builder().service(Stage.WEB).taskDefinition("app:1").build());
    assertThat(small.row().placementRetryAt()).isNotNull();
    small.instance("one", 100, 100, "a");
    assertThat(small.wanted()).as("at once").hasSize(2);
    assertThat(small.row().placementRetryAt()).isNull();
  }

  @Test
  void endsWithTheService() {
    create("app:1", 100);
    create("app:2", 100);
    stage.runAll().delete(true);
    assertThat(stage.wanted()).isEmpty();
    stage.end();
    assertThat(stage.described().status()).isEqualTo("INACTIVE");
    assertThat(stage.world.state().count(TaskSets.TABLE)).isZero();
  }

  @Test
  void aSchedulerFromOutsidePlacesTasksOfATaskSetItself() {
    TaskSet set = create("app:1", 0);
    stage.world.call(
        new StartTask(),
        StartTaskRequest.builder()
            .taskDefinition("app:1")
            .containerInstances("one", "two")
            .startedBy(set.id())
            .build());
    assertThat(
            stage
                .world
                .call(
                    new ListTasks(TaskHistory.NONE),
                    ListTasksRequest.builder().startedBy(set.id()).build())
                .taskArns())
        .hasSize(2);
    stage.run();
    assertThat(stage.wanted(TaskStatus.RUNNING)).extracting(Task::startedBy).contains(set.id());
    assertThat(stage.wanted()).as("the service leaves them alone").hasSize(2);
  }

  @Test
  void repeatsAreTheSameTaskSet() {
    Consumer<CreateTaskSetRequest.Builder> same = one -> one.clientToken("t").externalId("e");
    TaskSet first = create("app:1", 10, same);
    assertThat(create("app:1", 10, same).id()).isEqualTo(first.id());
    assertThat(first.externalId()).isEqualTo("e");
    assertThat(
            stage
                .world
                .refusal(
                    new CreateTaskSet(),
                    CreateTaskSetRequest.builder()
                        .service(Stage.WEB)
                        .taskDefinition("app:2")
                        .clientToken("t")
                        .build())
                .error()
                .message())
        .isEqualTo("Creation of task set was not idempotent.");
  }

  @Test
  void haveALimit() {
    for (int i = 0; i < TaskSets.PER_SERVICE_MAX; i++) {
      create("app:1", 0);
    }
    assertThat(
            stage
                .world
                .refusal(
                    new CreateTaskSet(),
                    CreateTaskSetRequest.builder()
                        .service(Stage.WEB)
                        .taskDefinition("app:1")
                        .build())
                .error()
                .message())
        .isEqualTo(
            "5 deployments exist on the service. Unable to create new TaskSet since this exceeds"
                + " the maximum limit.");
  }

  static Stream<RuleRow> rules() {
    return RuleRow.table(RULES);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void refuses(RuleRow rule) {
    World world = RuleRow.world();
    RuleRow.perform(world, "CreateCluster {}");
    RuleRow.perform(
        world,
        "RegisterTaskDefinition {\"family\": \"web\", \"containerDefinitions\":"
            + " [{\"name\": \"a\", \"image\": \"b\", \"memory\": 9}]}");
    String external = "\"desiredCount\": 0, \"deploymentController\": {\"type\": \"EXTERNAL\"}}";
    RuleRow.perform(world, "CreateService {\"serviceName\": \"sets\", " + external);
    RuleRow.perform(world, "CreateService {\"serviceName\": \"gone\", " + external);
    RuleRow.perform(world, "DeleteService {\"service\": \"gone\"}");
    RuleRow.perform(
        world,
        "CreateService {\"serviceName\": \"rolling\", \"taskDefinition\": \"web\","
            + " \"desiredCount\": 0}");
    rule.check(world);
  }

  private TaskSet create(String definition, double percent) {
    return create(definition, percent, _ -> {});
  }

  private TaskSet create(
      String definition, double percent, Consumer<CreateTaskSetRequest.Builder> more) {
    return stage
        .world
        .call(
            new CreateTaskSet(),
            CreateTaskSetRequest.builder()
                .service(Stage.WEB)
                .taskDefinition(definition)
                .scale(one -> one.value(percent).unit("PERCENT"))
                .applyMutation(more)
                .build())
        .taskSet();
  }

  private void scale(TaskSet set, double percent) {
    assertThat(
            stage
                .world
                .call(
                    new UpdateTaskSet(),
                    UpdateTaskSetRequest.builder()
                        .service(Stage.WEB)
                        .taskSet(set.taskSetArn())
                        .scale(one -> one.value(percent))
                        .build())
                .taskSet()
                .scale()
                .value())
        .isEqualTo(percent);
  }

  private void primary(TaskSet set) {
    assertThat(
            stage
                .world
                .call(
                    new UpdateServicePrimaryTaskSet(),
                    UpdateServicePrimaryTaskSetRequest.builder()
                        .service(Stage.WEB)
                        .primaryTaskSet(set.id())
                        .build())
                .taskSet()
                .status())
        .isEqualTo("PRIMARY");
  }

  private TaskSet delete(TaskSet set, boolean force) {
    return stage
        .world
        .call(
            new DeleteTaskSet(),
            DeleteTaskSetRequest.builder()
                .service(Stage.WEB)
                .taskSet(set.id())
                .force(force)
                .build())
        .taskSet();
  }

  private DescribeTaskSetsResponse describe(String... sets) {
    return stage.world.call(
        new DescribeTaskSets(),
        DescribeTaskSetsRequest.builder().service(Stage.WEB).taskSets(List.of(sets)).build());
  }

  private TaskSet described(TaskSet set) {
    return describe(set.id()).taskSets().getFirst();
  }
}
