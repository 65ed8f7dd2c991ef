package dev.roadstead.control.ecs.service;

import dev.roadstead.control.RuleRow;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every refusal of a deployment configuration, and of the operations on deployments.
class DeploymentRulesTest {
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

      Deployment "bakeTimeInMinutes": 1441
      InvalidParameterException: bakeTimeInMinutes must be between 0 and 1440.

      Deployment "lifecycleHooks": [{"targetType": "PAUSE", "lifecycleStages": ["PRE_SCALE_UP", \
      "POST_TEST_TRAFFIC_SHIFT"]}]
      InvalidParameterException: Lifecycle hooks at the stage POST_TEST_TRAFFIC_SHIFT can only be \
      specified with the BLUE_GREEN, LINEAR and CANARY deployment strategies.

      Hooks list(21 of {"targetType": "PAUSE", "lifecycleStages": ["PRE_SCALE_UP"]})
      InvalidParameterException: lifecycleHooks cannot have more than 20.

      Hooks [{"targetType": "SQS", "lifecycleStages": ["PRE_SCALE_UP"]}]
      InvalidParameterException: SQS should be one of [AWS_LAMBDA,PAUSE]

      Hooks [{"targetType": "PAUSE"}]
      InvalidParameterException: lifecycleStages is required for a lifecycle hook.

      Hooks [{"targetType": "PAUSE", "lifecycleStages": ["BAKE_TIME"]}]
      InvalidParameterException: BAKE_TIME should be one of [RECONCILE_SERVICE,PRE_SCALE_UP,\
      POST_SCALE_UP,TEST_TRAFFIC_SHIFT,POST_TEST_TRAFFIC_SHIFT,PRE_PRODUCTION_TRAFFIC_SHIFT,\
      PRODUCTION_TRAFFIC_SHIFT,POST_PRODUCTION_TRAFFIC_SHIFT]

      Hooks [{"targetType": "PAUSE", "lifecycleStages": ["PRODUCTION_TRAFFIC_SHIFT"]}]
      InvalidParameterException: PAUSE lifecycle hooks cannot be specified for the lifecycle stage \
      PRODUCTION_TRAFFIC_SHIFT.

      Hooks [{"targetType": "PAUSE", "hookTargetArn": "a", "lifecycleStages": ["PRE_SCALE_UP"]}]
      InvalidParameterException: hookTargetArn cannot be specified for a PAUSE lifecycle hook.

      Hooks [{"lifecycleStages": ["PRE_SCALE_UP"]}]
      InvalidParameterException: hookTargetArn is required for an AWS_LAMBDA lifecycle hook.

      Hooks [{"hookTargetArn": "arn:aws:lambda:eu-central-1:123456789012:function:f", \
      "lifecycleStages": ["PRE_SCALE_UP"]}]
      UnsupportedFeatureException: A Lambda function as the target of a lifecycle hook is not \
      supported yet by Roadstead.

      Hooks [{"hookTargetArn": "unknown:1", "lifecycleStages": ["PRE_SCALE_UP"]}]
      ClientException: TaskDefinition not found.

      Hooks [{"hookTargetArn": "web", "lifecycleStages": ["PRE_SCALE_UP"], \
      "hookDetails": {"a": "fill(4096)"}}]
      InvalidParameterException: hookDetails must be at most 4096 characters.

      Hooks [{"targetType": "PAUSE", "lifecycleStages": ["PRE_SCALE_UP"], \
      "timeoutConfiguration": {"timeoutInMinutes": 20161}}]
      InvalidParameterException: timeoutInMinutes must be between 1 and 20160.

      Hooks [{"targetType": "PAUSE", "lifecycleStages": ["PRE_SCALE_UP"], \
      "timeoutConfiguration": {"action": "WAIT"}}]
      InvalidParameterException: WAIT should be one of [CONTINUE,ROLLBACK]

      Deployment "linearConfiguration": {"stepPercent": 10.0}
      InvalidParameterException: linearConfiguration can only be specified with the LINEAR \
      deployment strategy.

      Deployment "canaryConfiguration": {"canaryPercent": 10.0}
      InvalidParameterException: canaryConfiguration can only be specified with the CANARY \
      deployment strategy.

      Deployment "alarms": {"alarmNames": ["a"], "enable": true}
      InvalidParameterException: alarmNames, enable and rollback are required for deployment alarms.

      Deployment "alarms": {"alarmNames": [], "enable": true, "rollback": true}
      InvalidParameterException: alarmNames cannot be empty.

      Deployment "alarms": {"alarmNames": list(101 of "a#"), "enable": true, "rollback": true}
      InvalidParameterException: alarmNames cannot have more than 100.

      Deployment "alarms": {"alarmNames": ["fill(256)"], "enable": true, "rollback": true}
      InvalidParameterException: Alarm names must be between 1 and 255 characters.
      """;

  private static final String TABLE =
      """
      CreateService {"serviceName": "new", "taskDefinition": "web", \
      "schedulingStrategy": "DAEMON", "deploymentConfiguration": {"strategy": "CANARY"}}
      UnsupportedFeatureException: Deployment strategy CANARY with DAEMON is not supported yet by \
      Roadstead.

      CreateService {"serviceName": "new", "taskDefinition": "web", \
      "schedulingStrategy": "DAEMON", "deploymentConfiguration": {"lifecycleHooks": \
      [{"targetType": "PAUSE", "lifecycleStages": ["PRE_SCALE_UP"]}]}}
      UnsupportedFeatureException: lifecycleHooks with DAEMON is not supported yet by Roadstead.

      CreateService {"serviceName": "new", "deploymentController": {"type": "EXTERNAL"}, \
      "desiredCount": 1, "deploymentConfiguration": {"bakeTimeInMinutes": 5}}
      InvalidParameterException: bakeTimeInMinutes and lifecycleHooks can only be specified with \
      the ECS deployment controller.

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

      ContinueServiceDeployment {"hookId": "h"}
      InvalidParameterException: Invalid service deployment ARN.

      ContinueServiceDeployment {"serviceDeploymentArn": "a"}
      InvalidParameterException: hookId can not be blank.

      ContinueServiceDeployment {"serviceDeploymentArn": "a", "hookId": "h", "action": "WAIT"}
      InvalidParameterException: WAIT should be one of [CONTINUE,ROLLBACK]

      ContinueServiceDeployment {"hookId": "h", "serviceDeploymentArn": \
      "arn:aws:ecs:eu-central-1:123456789012:service-deployment/default/old/x"}
      ServiceDeploymentNotFoundException: The service deployment was not found.

      StopServiceDeployment {"serviceDeploymentArn": "a", "stopType": "PAUSE"}
      InvalidParameterException: PAUSE should be one of [ABORT,ROLLBACK]
      """;

  static Stream<RuleRow> rules() {
    return ServiceRules.rows(BOTH, TABLE);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void refuses(RuleRow rule) {
    rule.check(ServiceRules.world());
  }
}
