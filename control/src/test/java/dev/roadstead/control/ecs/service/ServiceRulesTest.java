package dev.roadstead.control.ecs.service;

import dev.roadstead.control.RuleRow;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceBuilder;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.engine.table.Change;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every refusal of the operations on services. What CreateService and UpdateService share is asked
/// of both.
class ServiceRulesTest {
  private static final Map<String, String> CREATE =
      Map.of(
          "Create",
          "CreateService {\"serviceName\": \"new\", \"taskDefinition\": \"web\","
              + " \"desiredCount\": 1, %s}",
          "Change",
          "CreateService {\"serviceName\": \"new\", \"taskDefinition\": \"web\","
              + " \"desiredCount\": 1, %s}",
          "Count",
          "CreateService {\"serviceName\": \"new\", \"taskDefinition\": \"web\", %s}",
          "Definition",
          "CreateService {\"serviceName\": \"new\", \"desiredCount\": 1, %s}",
          "Deployment",
          "CreateService {\"serviceName\": \"new\", \"taskDefinition\": \"web\","
              + " \"desiredCount\": 1, \"deploymentConfiguration\": {%s}}",
          "Connect",
          "CreateService {\"serviceName\": \"new\", \"taskDefinition\": \"web\","
              + " \"desiredCount\": 1, \"serviceConnectConfiguration\": {%s}}",
          "Daemon",
          "CreateService {\"serviceName\": \"new\", \"taskDefinition\": \"web\","
              + " \"schedulingStrategy\": \"DAEMON\", %s}");

  private static final Map<String, String> UPDATE =
      Map.of(
          "Change",
          "UpdateService {\"service\": \"old\", %s}",
          "Count",
          "UpdateService {\"service\": \"old\", %s}",
          "Definition",
          "UpdateService {\"service\": \"old\", %s}",
          "Deployment",
          "UpdateService {\"service\": \"old\", \"deploymentConfiguration\": {%s}}",
          "Connect",
          "UpdateService {\"service\": \"old\", \"serviceConnectConfiguration\": {%s}}");

  /// Of CreateService and UpdateService.
  private static final String BOTH =
      """
      Deployment "minimumHealthyPercent": 101
      InvalidParameterException: minimumHealthyPercent must be at most 100

      Deployment "minimumHealthyPercent": -1
      InvalidParameterException: minimumHealthyPercent must be at least 0

      Deployment "maximumPercent": 99
      InvalidParameterException: maximumPercent must be at least 100

      Deployment "maximumPercent": 10001
      InvalidParameterException: maximumPercent must be at most 10000

      Deployment "minimumHealthyPercent": 100, "maximumPercent": 100
      InvalidParameterException: Both maximumPercent and minimumHealthyPercent cannot be 100 as \
      this will block deployments

      Deployment "deploymentCircuitBreaker": {"thresholdConfiguration": {"type": "MANY"}}
      InvalidParameterException: MANY should be one of [COUNT,BOUNDED_PERCENT,UNBOUNDED_PERCENT]

      Deployment "deploymentCircuitBreaker": {"thresholdConfiguration": {"value": 0}}
      InvalidParameterException: thresholdConfiguration value must be between 1 and 100.

      Deployment "deploymentCircuitBreaker": {"thresholdConfiguration": {"value": 101}}
      InvalidParameterException: thresholdConfiguration value must be between 1 and 100.

      Deployment "deploymentCircuitBreaker": {"thresholdConfiguration": {"type": "COUNT", \
      "value": 5001}}
      InvalidParameterException: thresholdConfiguration value must be between 1 and 5000.

      Deployment "strategy": "SLOW"
      InvalidParameterException: SLOW should be one of [ROLLING,BLUE_GREEN,LINEAR,CANARY]

      Deployment "strategy": "BLUE_GREEN"
      InvalidParameterException: bakeTimeInMinutes is required for the BLUE_GREEN deployment \
      strategy.

      Deployment "strategy": "BLUE_GREEN", "bakeTimeInMinutes": 1441
      InvalidParameterException: bakeTimeInMinutes must be between 0 and 1440.

      Deployment "strategy": "LINEAR", "linearConfiguration": {"stepPercent": 2.9}
      InvalidParameterException: stepPercent must be between 3 and 100.

      Deployment "strategy": "LINEAR", "linearConfiguration": {"stepBakeTimeInMinutes": -1}
      InvalidParameterException: stepBakeTimeInMinutes must be between 0 and 1440.

      Deployment "strategy": "CANARY", "canaryConfiguration": {"canaryPercent": 100.1}
      InvalidParameterException: canaryPercent must be between 0.1 and 100.

      Deployment "strategy": "CANARY", "canaryConfiguration": {"canaryBakeTimeInMinutes": 1441}
      InvalidParameterException: canaryBakeTimeInMinutes must be between 0 and 1440.

      Deployment "bakeTimeInMinutes": 1
      UnsupportedFeatureException: bakeTimeInMinutes with ROLLING is not supported yet by \
      Roadstead.

      Deployment "lifecycleHooks": [{"hookTargetArn": "arn:aws:lambda:::f"}]
      UnsupportedFeatureException: lifecycleHooks is not supported yet by Roadstead.

      Deployment "linearConfiguration": {"stepPercent": 10.0}
      InvalidParameterException: linearConfiguration can only be specified with the LINEAR \
      deployment strategy.

      Deployment "canaryConfiguration": {"canaryPercent": 10.0}
      InvalidParameterException: canaryConfiguration can only be specified with the CANARY \
      deployment strategy.

      Deployment "alarms": {"alarmNames": ["a"], "enable": true, "rollback": true}
      UnsupportedFeatureException: Deployment alarms is not supported yet by Roadstead.

      Count "desiredCount": -1
      InvalidParameterException: desiredCount must be between 0 and 5000.

      Count "desiredCount": 5001
      InvalidParameterException: desiredCount must be between 0 and 5000.

      Change "healthCheckGracePeriodSeconds": -1
      InvalidParameterException: healthCheckGracePeriodSeconds must be between 0 and 2147483647.

      Change "propagateTags": "ALL"
      InvalidParameterException: ALL should be one of [TASK_DEFINITION,SERVICE,NONE]

      Change "availabilityZoneRebalancing": "SOME"
      InvalidParameterException: SOME should be one of [ENABLED,DISABLED]

      Change "platformVersion": "LATEST"
      InvalidParameterException: The platform version must be null when specifying an EC2 launch \
      type

      Definition "taskDefinition": "unknown"
      ClientException: TaskDefinition not found.

      Definition "taskDefinition": "web:1"
      ClientException: TaskDefinition is inactive

      Definition "taskDefinition": "web:foo"
      InvalidParameterException: Invalid revision number. Number: foo

      Definition "taskDefinition": "net"
      InvalidParameterException: Network Configuration must be provided when networkMode 'awsvpc' \
      is specified.

      Definition "taskDefinition": "net", "networkConfiguration": {"awsvpcConfiguration": {}}
      InvalidParameterException: subnets can not be empty.

      Change "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"]}}
      InvalidParameterException: Network Configuration is not valid for the given networkMode of \
      this task definition.

      Change "capacityProviderStrategy": [{"capacityProvider": "c"}]
      InvalidParameterException: There are no capacity providers in the capacity provider \
      strategy with a weight value greater than zero

      Change "capacityProviderStrategy": [{"capacityProvider": "c", "weight": 1, "base": 1}, \
      {"capacityProvider": "d", "weight": 1, "base": 1}]
      InvalidParameterException: There are multiple capacity providers in the specified capacity \
      provider strategy with a base value defined

      Change "capacityProviderStrategy": [{"capacityProvider": "c", "weight": 1}]
      ClientException: The specified capacity provider does not exist. Specify a valid name or \
      ARN and try again.

      Change "placementConstraints": list(11 of {"type": "distinctInstance"})
      InvalidParameterException: Maximum number of constraints is 10

      Change "placementConstraints": [{"type": "distinctInstance", "expression": "x"}]
      InvalidParameterException: distinctInstance expression should not be specified

      Change "placementStrategy": list(6 of {"type": "random"})
      InvalidParameterException: Maximum number of strategies is 5

      Change "placementStrategy": [{"type": "random", "field": "cpu"}]
      InvalidParameterException: random field should not be specified

      Change "loadBalancers": [{"loadBalancerName": "l", "targetGroupArn": "t", \
      "containerName": "a", "containerPort": 80}]
      InvalidParameterException: loadBalancerName and targetGroupArn cannot both be specified

      Change "loadBalancers": [{"targetGroupArn": "t", "containerName": "a", "containerPort": 81}]
      InvalidParameterException: The container a did not have a container port 81 defined.

      Change "loadBalancers": [{"targetGroupArn": "t", "containerName": "a", "containerPort": 80}]
      UnsupportedFeatureException: loadBalancers is not supported yet by Roadstead.

      Change "deploymentController": {"type": "OTHER"}
      InvalidParameterException: OTHER should be one of [ECS,CODE_DEPLOY,EXTERNAL]

      Change "deploymentController": {"type": "CODE_DEPLOY"}
      InvalidParameterException: For the CODE_DEPLOY deployment controller, the service requires \
      an Application Load Balancer or Network Load Balancer

      Change "deploymentController": {"type": "CODE_DEPLOY"}, "loadBalancers": \
      [{"targetGroupArn": "t", "containerName": "a", "containerPort": 80}]
      UnsupportedFeatureException: Deployment controller CODE_DEPLOY is not supported yet by \
      Roadstead.

      Change "serviceRegistries": [{"registryArn": "r"}]
      UnsupportedFeatureException: serviceRegistries is not supported yet by Roadstead.

      Change "vpcLatticeConfigurations": [{"portName": "p"}]
      UnsupportedFeatureException: vpcLatticeConfigurations is not supported yet by Roadstead.

      Change "monitoring": {}
      UnsupportedFeatureException: monitoring is not supported yet by Roadstead.

      Change "volumeConfigurations": [{"name": "v"}]
      InvalidParameterException: The volume name 'v' in your request does not have a matching \
      volume in your Task Definition

      Change "volumeConfigurations": [{"name": "data"}]
      UnsupportedFeatureException: volumeConfigurations is not supported yet by Roadstead.

      Connect "enabled": true
      InvalidParameterException: Namespace is missing

      Connect "enabled": true, "namespace": "n", "services": [{"portName": "p"}]
      InvalidParameterException: portName(p) does not refer to any named PortMapping in the \
      container definitions

      Connect "enabled": true, "namespace": "n", \
      "services": [{"portName": "http", "clientAliases": [{"port": 1}, {"port": 2}]}]
      InvalidParameterException: 2 clientAliases exceeds the max limit of 1

      Connect "enabled": true, "namespace": "n", \
      "services": [{"portName": "http", "clientAliases": [{"port": 1, "dnsName": "a b"}]}]
      InvalidParameterException: The DNS name that you provided is invalid

      Connect "enabled": true, "namespace": "n", \
      "services": [{"portName": "http", "clientAliases": [{"port": 1, "dnsName": "web.local"}]}]
      UnsupportedFeatureException: serviceConnectConfiguration is not supported yet by Roadstead.
      """;

  private static final String TABLE =
      """
      CreateService {"taskDefinition": "web", "desiredCount": 1}
      InvalidParameterException: Service name can not be blank.

      CreateService {"serviceName": "a b", "taskDefinition": "web", "desiredCount": 1}
      InvalidParameterException: Service name must be at most 255 letters, numbers, hyphens and \
      underscores.

      CreateService {"serviceName": "new", "desiredCount": 1}
      InvalidParameterException: TaskDefinition can not be blank.

      CreateService {"serviceName": "new", "taskDefinition": "web"}
      InvalidParameterException: The desired count is required for the REPLICA scheduling strategy.

      CreateService {"serviceName": "old", "taskDefinition": "web", "desiredCount": 2}
      InvalidParameterException: Creation of service was not idempotent.

      CreateService {"serviceName": "ending", "taskDefinition": "web", "desiredCount": 1}
      InvalidParameterException: Unable to Start a service that is still Draining.

      Create "clientToken": "used"
      InvalidParameterException: Creation of service was not idempotent.

      Create "clientToken": "fill(37)"
      InvalidParameterException: clientToken must be at most 36 printable ASCII characters.

      Create "clientToken": "a b"
      InvalidParameterException: clientToken must be at most 36 printable ASCII characters.

      Create "launchType": "FARGATE"
      InvalidParameterException: Task definition does not support launch_type FARGATE.

      Create "launchType": "MOON"
      InvalidParameterException: launchType should be one of \
      [EC2,EXTERNAL,FARGATE,MANAGED_INSTANCES]

      Create "launchType": "EC2", \
      "capacityProviderStrategy": [{"capacityProvider": "c", "weight": 1}]
      InvalidParameterException: Specifying both a launch type and capacity provider strategy is \
      not supported

      Create "deploymentController": {"type": "EXTERNAL"}
      InvalidParameterException: TaskDefinition must be blank

      CreateService {"serviceName": "new", "deploymentController": {"type": "EXTERNAL"}}
      UnsupportedFeatureException: Deployment controller EXTERNAL is not supported yet by Roadstead.

      Create "schedulingStrategy": "SOME"
      InvalidParameterException: SOME should be one of [REPLICA,DAEMON]

      Daemon "desiredCount": 0
      InvalidParameterException: The daemon scheduling strategy does not support a desired count \
      for services

      Daemon "deploymentConfiguration": {"maximumPercent": 101}
      InvalidParameterException: The daemon scheduling strategy does not support values above 100 \
      for maximumPercent

      Daemon "placementStrategy": [{"type": "random"}]
      InvalidParameterException: The daemon scheduling strategy does not support placement \
      strategies

      Daemon "deploymentConfiguration": {"minimumHealthyPercent": 100}
      InvalidParameterException: Both maximumPercent and minimumHealthyPercent cannot be 100 as \
      this will block deployments

      UpdateService {"service": "everywhere", "desiredCount": 1}
      InvalidParameterException: The daemon scheduling strategy does not support a desired count \
      for services

      UpdateService {"service": "everywhere", "placementStrategy": [{"type": "random"}]}
      InvalidParameterException: The daemon scheduling strategy does not support placement \
      strategies

      Create "role": "r"
      UnsupportedFeatureException: role is not supported yet by Roadstead.

      Create "tags": [{"key": "aws:a"}]
      InvalidParameterException: Tag keys that start with 'aws:' are reserved for system use.

      UpdateService {}
      InvalidParameterException: Service can not be blank.

      UpdateService {"service": "unknown"}
      ServiceNotFoundException: Service not found.

      UpdateService {"service": "ending", "desiredCount": 1}
      ServiceNotActiveException: Service was not ACTIVE.

      DeleteService {}
      InvalidParameterException: Service can not be blank.

      DeleteService {"service": "unknown"}
      ServiceNotFoundException: Service not found.

      DeleteService {"service": "old"}
      InvalidParameterException: The service cannot be stopped while it is scaled above 0.

      DeleteService {"service": "rolling"}
      InvalidParameterException: The service cannot be stopped while deployments are active.

      CreateService {"serviceName": "new", "taskDefinition": "web", \
      "schedulingStrategy": "DAEMON", "deploymentConfiguration": {"strategy": "CANARY"}}
      UnsupportedFeatureException: Deployment strategy CANARY with DAEMON is not supported yet by \
      Roadstead.

      ListServiceDeployments {}
      InvalidParameterException: Service can not be blank.

      ListServiceDeployments {"service": "unknown"}
      ServiceNotFoundException: Service not found.

      ListServiceDeployments {"service": "old", "status": ["DONE"]}
      InvalidParameterException: DONE should be one of [PENDING,IN_PROGRESS,STOP_REQUESTED,\
      ROLLBACK_REQUESTED,ROLLBACK_IN_PROGRESS,SUCCESSFUL,STOPPED,ROLLBACK_SUCCESSFUL,\
      ROLLBACK_FAILED]

      DescribeServiceDeployments {}
      InvalidParameterException: serviceDeploymentArns cannot be empty.

      DescribeServiceDeployments {"serviceDeploymentArns": list(21 of "a#")}
      InvalidParameterException: serviceDeploymentArns cannot have more than 20 elements.

      DescribeServiceDeployments {"serviceDeploymentArns": ["a"]}
      InvalidParameterException: Invalid service deployment ARN.

      DescribeServiceRevisions {"serviceRevisionArns": []}
      InvalidParameterException: serviceRevisionArns cannot be empty.

      DescribeServiceRevisions {"serviceRevisionArns": \
      ["arn:aws:ecs:eu-central-1:123456789012:service/default/old"]}
      InvalidParameterException: Invalid service revision ARN.

      StopServiceDeployment {}
      InvalidParameterException: Invalid service deployment ARN.

      StopServiceDeployment {"serviceDeploymentArn": \
      "arn:aws:ecs:eu-central-1:123456789012:service-deployment/default/old/x"}
      ServiceDeploymentNotFoundException: The service deployment was not found.

      StopServiceDeployment {"serviceDeploymentArn": "a", "stopType": "PAUSE"}
      InvalidParameterException: PAUSE should be one of [ABORT,ROLLBACK]

      DescribeServices {}
      InvalidParameterException: Services cannot be empty.

      DescribeServices {"services": list(11 of "s#")}
      InvalidParameterException: Services cannot have more than 10 elements.

      DescribeServices {"services": ["old"], "include": ["ALL"]}
      InvalidParameterException: ALL should be one of [TAGS]

      ListServices {"launchType": "MOON"}
      InvalidParameterException: MOON should be one of [EC2,FARGATE,EXTERNAL,MANAGED_INSTANCES]

      ListServices {"schedulingStrategy": "SOME"}
      InvalidParameterException: SOME should be one of [REPLICA,DAEMON]

      ListServices {"resourceManagementType": "SOME"}
      InvalidParameterException: SOME should be one of [CUSTOMER,ECS]
      """;

  static Stream<RuleRow> rules() {
    return Stream.of(
            RuleRow.table(BOTH, CREATE), RuleRow.table(BOTH, UPDATE), RuleRow.table(TABLE, CREATE))
        .flatMap(rows -> rows);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void refuses(RuleRow rule) {
    rule.check(world());
  }

  private static World world() {
    World world = RuleRow.world();
    RuleRow.perform(world, "CreateCluster {}");
    register(world, "\"family\": \"web\"");
    register(world, "\"family\": \"web\"");
    RuleRow.perform(world, "DeregisterTaskDefinition {\"taskDefinition\": \"web:1\"}");
    register(world, "\"family\": \"net\", \"networkMode\": \"awsvpc\"");
    create(world, "old", ", \"desiredCount\": 1, \"clientToken\": \"used\"");
    create(world, "everywhere", ", \"schedulingStrategy\": \"DAEMON\"");
    create(world, "ending", ", \"desiredCount\": 0");
    RuleRow.perform(world, "DeleteService {\"service\": \"ending\"}");
    create(world, "rolling", ", \"desiredCount\": 0");
    RuleRow.perform(
        world, "UpdateService {\"service\": \"rolling\", \"forceNewDeployment\": true}");
    return world;
  }

  private static void register(World world, String members) {
    RuleRow.perform(
        world,
        "RegisterTaskDefinition {"
            + members
            + ", \"volumes\": [{\"name\": \"data\"}], \"containerDefinitions\": [{\"name\": \"a\","
            + "\"image\": \"b\", \"memory\": 9,"
            + "\"portMappings\": [{\"containerPort\": 80, \"name\": \"http\"}]}]}");
  }

  private static void create(World world, String name, String members) {
    RuleRow.perform(
        world,
        "CreateService {\"serviceName\": \""
            + name
            + "\", \"taskDefinition\": \"web\""
            + members
            + "}");
  }

  @Test
  void servicesAreLimited() {
    World world = world();
    Service one = world.state().get(Services.TABLE, World.scope().key("default", "old"));
    List<Change> services =
        IntStream.range(0, Services.PER_CLUSTER_MAX - 4)
            .mapToObj(i -> Services.create(null, ServiceBuilder.builder(one).name("s" + i).build()))
            .toList();
    new RuleRow(
            "CreateService",
            "{\"serviceName\": \"more\", \"taskDefinition\": \"web\", \"desiredCount\": 1}",
            "InvalidParameterException: The number of services exceeds the limit of 5000 services"
                + " per cluster.")
        .check(world.apply(services));
  }
}
