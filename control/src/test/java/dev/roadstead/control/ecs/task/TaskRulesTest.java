package dev.roadstead.control.ecs.task;

import dev.roadstead.control.Rows;
import dev.roadstead.control.RuleRow;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.ContainerInstances;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every refusal of the operations on tasks. What RunTask and StartTask share is asked of both.
class TaskRulesTest {
  private static final String CONTAINER =
      "\"containerDefinitions\": [{\"name\": \"a\", \"image\": \"b\", \"memory\": 9}]";

  private static final Map<String, String> RUN =
      Map.of(
          "Run",
          "RunTask {\"taskDefinition\": \"web\", %s}",
          "Launch",
          "RunTask {%s}",
          "Override",
          "RunTask {\"taskDefinition\": \"web\", \"overrides\": {\"containerOverrides\": [%s]}}",
          "Started",
          "RunTask {\"taskDefinition\": \"web\", \"startedBy\": \"%s\"}");

  private static final Map<String, String> START =
      Map.of(
          "Launch",
          "StartTask {\"containerInstances\": [\"one\"], %s}",
          "Override",
          "StartTask {\"containerInstances\": [\"one\"], \"taskDefinition\": \"web\","
              + " \"overrides\": {\"containerOverrides\": [%s]}}");

  /// Of RunTask and StartTask.
  private static final String BOTH =
      """
      Launch "count": 1
      InvalidParameterException: TaskDefinition can not be blank.

      Launch "taskDefinition": "unknown"
      ClientException: TaskDefinition not found.

      Launch "taskDefinition": "web:9"
      ClientException: TaskDefinition not found.

      Launch "taskDefinition": "web:foo"
      InvalidParameterException: Invalid revision number. Number: foo

      Launch "taskDefinition": "web:"
      InvalidParameterException: Revision is missing.

      Launch "taskDefinition": "web:1"
      ClientException: TaskDefinition is inactive

      Launch "taskDefinition": "net"
      InvalidParameterException: Network Configuration must be provided when networkMode 'awsvpc' \
      is specified.

      Launch "taskDefinition": "net", "networkConfiguration": {}
      InvalidParameterException: Network Configuration must be provided when networkMode 'awsvpc' \
      is specified.

      Launch "taskDefinition": "net", "networkConfiguration": {"awsvpcConfiguration": {}}
      InvalidParameterException: subnets can not be empty.

      Launch "taskDefinition": "net", \
      "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"]}}
      UnsupportedFeatureException: Network mode awsvpc is not supported yet by Roadstead.

      Launch "taskDefinition": "web", \
      "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"]}}
      InvalidParameterException: Network Configuration is not valid for the given networkMode of \
      this task definition.

      Launch "taskDefinition": "web", "referenceId": "fill(1025)"
      InvalidParameterException: referenceId must be at most 1024 characters.

      Launch "taskDefinition": "web", "volumeConfigurations": [{"name": "v"}]
      UnsupportedFeatureException: volumeConfigurations is not supported yet by Roadstead.

      Launch "taskDefinition": "web", "group": "fill(256)"
      InvalidParameterException: group must be at most 255 characters.

      Launch "taskDefinition": "web", "group": "service:web"
      InvalidParameterException: Invalid namespace for group.

      Launch "taskDefinition": "web", "group": "family:other"
      InvalidParameterException: Invalid namespace for group.

      Launch "taskDefinition": "web", "propagateTags": "SERVICE"
      InvalidParameterException: Invalid value for propagateTags. SERVICE is only valid for \
      services.

      Launch "taskDefinition": "web", "propagateTags": "ALL"
      InvalidParameterException: propagateTags should be one of [TASK_DEFINITION,SERVICE,NONE]

      Launch "taskDefinition": "web", "tags": [{"key": "k"}, {"key": "k"}]
      InvalidParameterException: Duplicate tag key: 'k'.

      Launch "taskDefinition": "web", "overrides": {"cpu": "much"}
      InvalidParameterException: Invalid 'cpu' setting for task.

      Launch "taskDefinition": "web", "overrides": {"memory": "much"}
      InvalidParameterException: Invalid 'memory' setting for task.

      Launch "taskDefinition": "web", \
      "overrides": {"inferenceAcceleratorOverrides": [{"deviceName": "d"}]}
      InvalidParameterException: Unsupported field 'inferenceAcceleratorOverrides'

      Override {"name": "a", "command": ["fill(8192)"]}
      InvalidParameterException: Overrides length must be at most 8192 characters.

      Override {"cpu": 1}
      InvalidParameterException: Container name is required in container overrides.

      Override {"name": "x"}
      InvalidParameterException: Override for container named x is not a container in the \
      TaskDefinition.

      Override {"name": "a", "cpu": -1}
      InvalidParameterException: Invalid 'cpu' setting for container 'a'.

      Override {"name": "a", "memory": 5}
      InvalidParameterException: Invalid 'memory' setting for container 'a'.

      Override {"name": "a", "memoryReservation": 5}
      InvalidParameterException: Invalid 'memory' setting for container 'a'.

      Override {"name": "a", "resourceRequirements": [{"type": "TPU", "value": "1"}]}
      InvalidParameterException: Invalid 'resourceRequirements.type' setting for container 'a'.

      Override {"name": "a", "resourceRequirements": [{"type": "GPU", "value": "0"}]}
      InvalidParameterException: Invalid 'resourceRequirements.value' setting for container 'a'.

      Override {"name": "a", \
      "resourceRequirements": [{"type": "InferenceAccelerator", "value": "d"}]}
      InvalidParameterException: Unsupported resource type 'InferenceAccelerator'
      """;

  private static final String TABLE =
      """
      Run "launchType": "EC2", "capacityProviderStrategy": [{"capacityProvider": "c"}]
      InvalidParameterException: Specify either Launch Type or Capacity Provider Strategy, but \
      not both.

      Run "launchType": "MOON"
      InvalidParameterException: launchType should be one of \
      [EC2,EXTERNAL,FARGATE,MANAGED_INSTANCES]

      Run "launchType": "FARGATE"
      InvalidParameterException: Task definition does not support launch_type FARGATE.

      Launch "taskDefinition": "far", "launchType": "FARGATE"
      UnsupportedFeatureException: Launch type FARGATE is not supported yet by Roadstead.

      Run "capacityProviderStrategy": [{"capacityProvider": "mine", "weight": 1}]
      ClientException: The specified capacity provider does not exist. Specify a valid name or \
      ARN and try again.

      Run "capacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]
      InvalidParameterException: The specified capacity provider strategy cannot contain a \
      capacity provider that is not associated with the cluster

      Run "platformVersion": "1.4.0"
      InvalidParameterException: The platform version must be null when specifying an EC2 launch \
      type

      Run "count": 0
      InvalidParameterException: count should be between 1 and 10.

      Run "count": 11
      InvalidParameterException: count should be between 1 and 10.

      Run "clientToken": "a b"
      InvalidParameterException: clientToken must be at most 64 printable ASCII characters.

      Run "clientToken": "fill(65)"
      InvalidParameterException: clientToken must be at most 64 printable ASCII characters.

      Run "clientToken": "used", "count": 2
      ConflictException: The client token was used before with other parameters.

      Run "cluster": "empty"
      InvalidParameterException: No Container Instances were found in your cluster.

      Run "placementConstraints": list(11 of {"type": "distinctInstance"})
      InvalidParameterException: Maximum number of constraints is 10

      Launch "taskDefinition": "bound", \
      "placementConstraints": list(10 of {"type": "distinctInstance"})
      InvalidParameterException: Maximum number of constraints is 10

      Run "placementConstraints": [{"type": "distinctInstance", "expression": "x"}]
      InvalidParameterException: distinctInstance expression should not be specified

      Run "placementConstraints": [{"type": "memberOf"}]
      InvalidParameterException: memberOf expression should be specified

      Run "placementConstraints": [{"type": "near"}]
      InvalidParameterException: near should be one of [distinctInstance,memberOf]

      Run "placementConstraints": [{"type": "memberOf", "expression": "fill(2001)"}]
      InvalidParameterException: Placement expression must be at most 2000 characters long.

      Run "placementConstraints": [{"type": "memberOf", "expression": "attribute:a =~ ["}]
      InvalidParameterException: Invalid placement expression: invalid pattern: missing closing ] \
      at position 16.

      Run "placementStrategy": list(6 of {"type": "random"})
      InvalidParameterException: Maximum number of strategies is 5

      Run "placementStrategy": [{"type": "random", "field": "cpu"}]
      InvalidParameterException: random field should not be specified

      Run "placementStrategy": [{"type": "spread"}]
      InvalidParameterException: spread field should be specified

      Run "placementStrategy": [{"type": "spread", "field": "zone"}]
      InvalidParameterException: zone should be one of [instanceId,host,attribute:ATTRIBUTE_NAME]

      Run "placementStrategy": [{"type": "binpack"}]
      InvalidParameterException: binpack field should be specified

      Run "placementStrategy": [{"type": "binpack", "field": "disk"}]
      InvalidParameterException: disk should be one of [cpu,memory]

      Run "placementStrategy": [{"type": "pile"}]
      InvalidParameterException: pile should be one of [random,spread,binpack]

      Started fill(129)
      InvalidParameterException: startedBy must be at most 128 letters, numbers, hyphens, forward \
      slashes and underscores.

      Started a.b
      InvalidParameterException: startedBy must be at most 128 letters, numbers, hyphens, forward \
      slashes and underscores.

      StartTask {"taskDefinition": "web"}
      InvalidParameterException: Container Instances cannot be empty.

      StartTask {"taskDefinition": "web", "containerInstances": list(11 of "i#")}
      InvalidParameterException: Container Instances cannot have more than 10 elements.

      StartTask {"taskDefinition": "web", "containerInstances": ["one"], "startedBy": "fill(37)"}
      InvalidParameterException: startedBy must be at most 36 letters, numbers, hyphens, forward \
      slashes and underscores.

      StopTask {}
      InvalidParameterException: Task can not be blank.

      StopTask {"task": "unknown"}
      InvalidParameterException: The referenced task was not found.

      StopTask {"task": "arn:aws:ecs:eu-central-1:123456789012:task/empty/unknown"}
      InvalidParameterException: The referenced task was not found.

      DescribeTasks {}
      InvalidParameterException: Tasks cannot be empty.

      DescribeTasks {"tasks": list(101 of "t#")}
      InvalidParameterException: Tasks cannot have more than 100 elements.

      DescribeTasks {"tasks": ["t"], "include": ["ALL"]}
      InvalidParameterException: include should be one of [TAGS]

      ListTasks {"desiredStatus": "DEAD"}
      InvalidParameterException: desiredStatus should be one of [RUNNING,PENDING,STOPPED]

      ListTasks {"containerInstance": "unknown"}
      InvalidParameterException: The specified container instance was not found.

      ListTasks {"serviceName": "unknown"}
      ServiceNotFoundException: Service not found.

      ListTasks {"launchType": "MOON"}
      InvalidParameterException: launchType should be one of \
      [EC2,FARGATE,EXTERNAL,MANAGED_INSTANCES]
      """;

  static Stream<RuleRow> rules() {
    return Stream.of(
            RuleRow.table(BOTH, RUN), RuleRow.table(BOTH, START), RuleRow.table(TABLE, RUN))
        .flatMap(rows -> rows);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void refuses(RuleRow rule) {
    World world = RuleRow.world();
    RuleRow.perform(world, "CreateCluster {}");
    RuleRow.perform(world, "CreateCluster {\"clusterName\": \"empty\"}");
    world.apply(List.of(ContainerInstances.create(Rows.instance("one"))));
    register(world, "\"family\": \"web\"");
    register(world, "\"family\": \"web\"");
    RuleRow.perform(world, "DeregisterTaskDefinition {\"taskDefinition\": \"web:1\"}");
    register(world, "\"family\": \"net\", \"networkMode\": \"awsvpc\"");
    register(
        world,
        "\"family\": \"far\", \"networkMode\": \"awsvpc\", \"cpu\": \"256\", \"memory\": \"512\"");
    register(
        world,
        "\"family\": \"bound\", \"placementConstraints\":"
            + " [{\"type\": \"memberOf\", \"expression\": \"attribute:a == b\"}]");
    RuleRow.perform(world, "RunTask {\"taskDefinition\": \"web\", \"clientToken\": \"used\"}");
    rule.check(world);
  }

  private static void register(World world, String members) {
    RuleRow.perform(world, "RegisterTaskDefinition {" + members + ", " + CONTAINER + "}");
  }
}
