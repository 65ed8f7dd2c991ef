package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.Members;
import dev.roadstead.control.Probe;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHook;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.PlacementStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/// Every member of CreateService and UpdateService comes back from DescribeServices as it was sent,
/// or is refused. The members are the model's: a new one is probed when the SDK is updated, and has
/// to be entered here when it is accepted.
class ServiceMembersTest {
  private static final Set<String> BOTH =
      Set.of(
          "availabilityZoneRebalancing",
          "cluster",
          "deploymentConfiguration.alarms.alarmNames",
          "deploymentConfiguration.alarms.enable",
          "deploymentConfiguration.alarms.rollback",
          "deploymentConfiguration.bakeTimeInMinutes",
          "deploymentConfiguration.canaryConfiguration.canaryBakeTimeInMinutes",
          "deploymentConfiguration.canaryConfiguration.canaryPercent",
          "deploymentConfiguration.deploymentCircuitBreaker.enable",
          "deploymentConfiguration.deploymentCircuitBreaker.resetOnHealthyTask",
          "deploymentConfiguration.deploymentCircuitBreaker.rollback",
          "deploymentConfiguration.deploymentCircuitBreaker.thresholdConfiguration.type",
          "deploymentConfiguration.deploymentCircuitBreaker.thresholdConfiguration.value",
          "deploymentConfiguration.lifecycleHooks.hookDetails",
          "deploymentConfiguration.lifecycleHooks.hookTargetArn",
          "deploymentConfiguration.lifecycleHooks.lifecycleStages",
          "deploymentConfiguration.lifecycleHooks.roleArn",
          "deploymentConfiguration.lifecycleHooks.targetType",
          "deploymentConfiguration.lifecycleHooks.timeoutConfiguration.action",
          "deploymentConfiguration.lifecycleHooks.timeoutConfiguration.timeoutInMinutes",
          "deploymentConfiguration.linearConfiguration.stepBakeTimeInMinutes",
          "deploymentConfiguration.linearConfiguration.stepPercent",
          "deploymentConfiguration.maximumPercent",
          "deploymentConfiguration.minimumHealthyPercent",
          "deploymentConfiguration.strategy",
          "deploymentController.type",
          "desiredCount",
          "enableECSManagedTags",
          "enableExecuteCommand",
          "healthCheckGracePeriodSeconds",
          "placementConstraints.expression",
          "placementConstraints.type",
          "placementStrategy.field",
          "placementStrategy.type",
          "propagateTags",
          "taskDefinition");

  @Test
  void createServiceShowsOrRefusesEveryMember() {
    assertThat(new Creation().accepted())
        .containsAll(BOTH)
        .containsExactlyInAnyOrderElementsOf(
            and(
                "clientToken",
                "launchType",
                "schedulingStrategy",
                "serviceName",
                "tags.key",
                "tags.value"));
  }

  @Test
  void updateServiceShowsOrRefusesEveryMember() {
    assertThat(new Change().accepted())
        .containsExactlyInAnyOrderElementsOf(and("forceNewDeployment", "service"));
  }

  private static List<String> and(String... more) {
    return Stream.concat(BOTH.stream(), List.of(more).stream()).toList();
  }

  private static @Nullable List<Object> values(String path) {
    return switch (path) {
      case "cluster" -> List.of("default");
      case "service", "serviceName" -> List.of(Stage.WEB);
      case "taskDefinition" -> List.of("app:2");
      case "deploymentConfiguration.lifecycleHooks.hookTargetArn" -> List.of("checked:1");
      case "deploymentConfiguration.minimumHealthyPercent" -> List.of(0, 50);
      case "deploymentConfiguration.bakeTimeInMinutes" -> List.of(0, 5);
      case "deploymentConfiguration.deploymentCircuitBreaker.thresholdConfiguration.value" ->
          List.of(60);
      case "placementStrategy.field" -> List.of("host", "attribute:zone", "instanceId");
      case "placementConstraints.expression" -> List.of("attribute:zone exists");
      default -> null;
    };
  }

  private static boolean shows(Service shown, String path, Object sent) {
    return switch (path) {
      case "clientToken" -> true; // only tells a repeat from another request
      case "cluster" -> shown.clusterArn().endsWith("cluster/" + sent);
      case "service" -> shown.serviceName().equals(sent);
      case "taskDefinition" -> shown.taskDefinition().endsWith("task-definition/" + sent);
      case "forceNewDeployment" -> shown.deployments().size() == (sent.equals(true) ? 2 : 1);
      default -> Members.at(shown, path).contains(sent);
    };
  }

  private static List<PlacementStrategy> strategy(String path) {
    return switch (path) {
      case "placementStrategy.field" -> List.of(PlacementStrategy.builder().type("spread").build());
      default -> List.of();
    };
  }

  /// What must be sent beside a member.
  private static @Nullable DeploymentConfiguration deployment(String path) {
    DeploymentConfiguration.Builder beside = DeploymentConfiguration.builder();
    if (path.contains("linearConfiguration")) {
      return beside.strategy("LINEAR").build();
    }
    if (path.contains("canaryConfiguration")) {
      return beside.strategy("CANARY").build();
    }
    if (path.contains("lifecycleHooks")) {
      DeploymentLifecycleHook hook =
          DeploymentLifecycleHook.builder()
              .hookTargetArn("app:1")
              .lifecycleStagesWithStrings("PRE_SCALE_UP")
              .build();
      return beside.strategy("CANARY").lifecycleHooks(hook).build();
    }
    if (path.contains("alarms")) {
      return beside.alarms(one -> one.alarmNames("a").enable(true).rollback(true)).build();
    }
    return null;
  }

  private static final class Creation extends Probe<CreateServiceRequest> {
    @Override
    protected CreateServiceRequest base(String path) {
      return Stage.request(
          one -> {
            one.placementStrategy(strategy(path));
            one.deploymentConfiguration(deployment(path));
            if (path.startsWith("placementConstraints")) {
              one.placementConstraints(PlacementConstraint.builder().type("memberOf").build());
            }
            if (path.startsWith("tags")) {
              one.tags(Tag.builder().key("some").build());
            }
          });
    }

    @Override
    protected @Nullable List<Object> samples(String path) {
      return values(path);
    }

    @Override
    protected Service shown(CreateServiceRequest request) {
      Stage stage = Stage.open().roomy();
      stage.world.call(new CreateService(), request);
      return stage.describe(one -> one.includeWithStrings("TAGS")).services().getFirst();
    }

    @Override
    protected boolean shows(SdkPojo shown, String path, Object sent) {
      return ServiceMembersTest.shows((Service) shown, path, sent);
    }
  }

  private static final class Change extends Probe<UpdateServiceRequest> {
    @Override
    protected UpdateServiceRequest base(String path) {
      UpdateServiceRequest.Builder one = UpdateServiceRequest.builder().service(Stage.WEB);
      one.deploymentConfiguration(deployment(path));
      if (path.startsWith("placementConstraints")) {
        one.placementConstraints(PlacementConstraint.builder().type("memberOf").build());
      }
      if (path.startsWith("placementStrategy")) {
        one.placementStrategy(strategy(path));
      }
      return one.build();
    }

    @Override
    protected @Nullable List<Object> samples(String path) {
      return values(path);
    }

    @Override
    protected Service shown(UpdateServiceRequest request) {
      Stage stage = Stage.open().roomy().create(_ -> {});
      stage.runAll();
      stage.world.call(new UpdateService(), request);
      return stage.described();
    }

    @Override
    protected boolean shows(SdkPojo shown, String path, Object sent) {
      return ServiceMembersTest.shows((Service) shown, path, sent);
    }
  }

  @Test
  void theDefaultsAreThoseOfTheService() {
    assertThat(Stage.open().create(_ -> {}).described().deploymentConfiguration())
        .isEqualTo(
            DeploymentConfiguration.builder()
                .minimumHealthyPercent(100)
                .maximumPercent(200)
                .deploymentCircuitBreaker(one -> one.enable(false).rollback(false))
                .strategy("ROLLING")
                .bakeTimeInMinutes(0)
                .build());
  }
}
