package dev.roadstead.control.ecs.service;

import dev.roadstead.control.RuleRow;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceBuilder;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.engine.table.Change;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every refusal of the operations on services but those of {@link DeploymentRulesTest}. What
/// CreateService and UpdateService share is asked of both.
class ServiceRulesTest {
  /// Of CreateService and UpdateService.
  private static final String BOTH =
      """
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
    return ServiceRules.rows(BOTH, TABLE);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void refuses(RuleRow rule) {
    rule.check(ServiceRules.world());
  }

  @Test
  void servicesAreLimited() {
    World world = ServiceRules.world();
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
