package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.wire.api.Refusal;
import java.time.Duration;
import java.util.Collections;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.PlacementStrategy;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/// The rules and texts of the operations on services.
@SuppressWarnings("unchecked") // the SDK takes varargs of consumers of builders
class ServiceOperationsTest {
  private static final String INVALID = "InvalidParameterException";
  private static final String CLIENT = "ClientException";
  private static final String UNSUPPORTED = "UnsupportedFeatureException";

  static Stream<Arguments> refusedCreations() {
    return Stream.of(names(), settings(), launches(), targets(), features()).flatMap(one -> one);
  }

  private static Stream<Arguments> names() {
    return Stream.of(
        create("ClusterNotFoundException", "Cluster not found.", one -> one.cluster("nope")),
        create(INVALID, "Service name can not be blank.", one -> one.serviceName(null)),
        create(
            INVALID,
            "Service name must be at most 255 letters, numbers, hyphens and underscores.",
            one -> one.serviceName("a b")),
        create(
            INVALID,
            "clientToken must be at most 36 printable ASCII characters.",
            one -> one.clientToken("x".repeat(37))),
        create(INVALID, "TaskDefinition can not be blank.", one -> one.taskDefinition(null)),
        create(CLIENT, "TaskDefinition not found.", one -> one.taskDefinition("nope")),
        create(
            INVALID, "Invalid revision number. Number: foo", one -> one.taskDefinition("app:foo")),
        create(
            INVALID,
            "The desired count is required for the REPLICA scheduling strategy.",
            one -> one.desiredCount(null)),
        create(INVALID, "desiredCount must be between 0 and 5000.", one -> one.desiredCount(-1)),
        create(
            INVALID,
            "minimumHealthyPercent must be at most 100",
            one -> one.deploymentConfiguration(two -> two.minimumHealthyPercent(101))),
        create(
            INVALID,
            "maximumPercent must be at least 100",
            one -> one.deploymentConfiguration(two -> two.maximumPercent(99))),
        create(
            INVALID,
            "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block"
                + " deployments",
            one -> one.deploymentConfiguration(two -> two.maximumPercent(100))),
        create(
            INVALID,
            "The daemon scheduling strategy does not support a desired count for services",
            one -> one.schedulingStrategy("DAEMON").desiredCount(0)),
        create(
            INVALID,
            "The daemon scheduling strategy does not support values above 100 for maximumPercent",
            one ->
                one.schedulingStrategy("DAEMON")
                    .desiredCount(null)
                    .deploymentConfiguration(two -> two.maximumPercent(150))),
        create(
            INVALID,
            "The daemon scheduling strategy does not support placement strategies",
            one ->
                one.schedulingStrategy("DAEMON")
                    .desiredCount(null)
                    .placementStrategy(two -> two.type("random"))));
  }

  private static Stream<Arguments> settings() {
    return Stream.of(
        create(
            INVALID,
            "Maximum number of strategies is 5",
            one ->
                one.placementStrategy(
                    Collections.nCopies(6, PlacementStrategy.builder().type("random").build()))),
        create(
            INVALID,
            "random field should not be specified",
            one -> one.placementStrategy(two -> two.type("random").field("cpu"))),
        create(
            INVALID,
            "distinctInstance expression should not be specified",
            one -> one.placementConstraints(two -> two.type("distinctInstance").expression("x"))),
        create(
            INVALID,
            "Specifying both a launch type and capacity provider strategy is not supported",
            one ->
                one.launchType("EC2")
                    .capacityProviderStrategy(two -> two.capacityProvider("p").weight(1))),
        create(
            INVALID,
            "There are no capacity providers in the capacity provider strategy with a weight value"
                + " greater than zero",
            one -> one.capacityProviderStrategy(two -> two.capacityProvider("p"))),
        create(
            INVALID,
            "There are multiple capacity providers in the specified capacity provider strategy"
                + " with a base value defined",
            one ->
                one.capacityProviderStrategy(
                    two -> two.capacityProvider("p").weight(1).base(1),
                    two -> two.capacityProvider("q").weight(1).base(1))),
        create(
            CLIENT,
            "The specified capacity provider does not exist. Specify a valid name or ARN and try"
                + " again.",
            one -> one.capacityProviderStrategy(two -> two.capacityProvider("p").weight(1))),
        create(
            INVALID,
            "Task definition does not support launch_type FARGATE.",
            one -> one.launchType("FARGATE")),
        create(
            INVALID,
            "The platform version must be null when specifying an EC2 launch type",
            one -> one.platformVersion("LATEST")));
  }

  private static Stream<Arguments> launches() {
    return Stream.of(
        create(
            INVALID,
            "Network Configuration is not valid for the given networkMode of this task"
                + " definition.",
            one ->
                one.networkConfiguration(
                    two -> two.awsvpcConfiguration(three -> three.subnets("subnet-1")))),
        create(
            INVALID,
            "TaskDefinition must be blank",
            one -> one.deploymentController(two -> two.type("EXTERNAL"))),
        create(
            INVALID,
            "For the CODE_DEPLOY deployment controller, the service requires an Application Load"
                + " Balancer or Network Load Balancer",
            one -> one.deploymentController(two -> two.type("CODE_DEPLOY"))),
        create(
            INVALID,
            "loadBalancerName and targetGroupArn cannot both be specified",
            one -> one.loadBalancers(two -> two.loadBalancerName("l").targetGroupArn("t"))),
        create(
            INVALID,
            "The container main did not have a container port 81 defined.",
            one ->
                one.loadBalancers(
                    two -> two.targetGroupArn("t").containerName("main").containerPort(81))),
        create(
            UNSUPPORTED,
            "loadBalancers is not supported yet by Roadstead.",
            one ->
                one.loadBalancers(
                    two -> two.targetGroupArn("t").containerName("main").containerPort(80))),
        create(
            INVALID,
            "Namespace is missing",
            one -> one.serviceConnectConfiguration(two -> two.enabled(true))),
        create(
            INVALID,
            "portName(http) does not refer to any named PortMapping in the container definitions",
            one ->
                one.serviceConnectConfiguration(
                    two ->
                        two.enabled(true).namespace("n").services(svc -> svc.portName("http")))));
  }

  private static Stream<Arguments> targets() {
    return Stream.of(
        create(
            INVALID,
            "2 clientAliases exceeds the max limit of 1",
            one ->
                one.serviceConnectConfiguration(
                    two ->
                        two.enabled(true)
                            .namespace("n")
                            .services(
                                svc ->
                                    svc.portName("http")
                                        .clientAliases(a -> a.port(1), a -> a.port(2))))),
        create(
            UNSUPPORTED,
            "serviceConnectConfiguration is not supported yet by Roadstead.",
            one -> one.serviceConnectConfiguration(two -> two.enabled(false))),
        create(
            INVALID,
            "The volume name 'v' in your request does not have a matching volume in your Task"
                + " Definition",
            one -> one.volumeConfigurations(two -> two.name("v"))),
        create(
            INVALID,
            "bakeTimeInMinutes is required for the BLUE_GREEN deployment strategy.",
            one -> one.deploymentConfiguration(two -> two.strategy("BLUE_GREEN"))),
        create(
            INVALID,
            "alarmNames, enable and rollback are required for deployment alarms.",
            one ->
                one.deploymentConfiguration(
                    two -> two.alarms(three -> three.enable(true).alarmNames("a")))),
        create(
            UNSUPPORTED,
            "serviceRegistries is not supported yet by Roadstead.",
            one -> one.serviceRegistries(two -> two.registryArn("r"))),
        create(
            UNSUPPORTED,
            "vpcLatticeConfigurations is not supported yet by Roadstead.",
            one -> one.vpcLatticeConfigurations(two -> two.portName("p"))),
        create(UNSUPPORTED, "role is not supported yet by Roadstead.", one -> one.role("r")),
        create(
            INVALID,
            "healthCheckGracePeriodSeconds must be between 0 and 2147483647.",
            one -> one.healthCheckGracePeriodSeconds(-1)),
        create(
            INVALID,
            "X should be one of [TASK_DEFINITION,SERVICE,NONE]",
            one -> one.propagateTags("X")));
  }

  private static Stream<Arguments> features() {
    return Stream.of(
        create(
            INVALID,
            "X should be one of [ENABLED,DISABLED]",
            one -> one.availabilityZoneRebalancing("X")),
        create(
            INVALID,
            "Tag keys that start with 'aws:' are reserved for system use.",
            one -> one.tags(two -> two.key("aws:x").value("y"))));
  }

  private static Arguments create(
      String code, String message, Consumer<CreateServiceRequest.Builder> more) {
    return arguments(code, message, more);
  }

  @ParameterizedTest
  @MethodSource("refusedCreations")
  void refusesToCreate(String code, String message, Consumer<CreateServiceRequest.Builder> more) {
    Refusal refusal = Stage.open().world.refusal(new CreateService(), Stage.request(more));
    assertThat(refusal.error().message()).isEqualTo(message);
    assertThat(refusal.error().code()).isEqualTo(code);
  }

  @Test
  void answersARepeatWithTheSameService() {
    Stage stage = Stage.open().roomy();
    CreateServiceRequest request = Stage.request(one -> one.clientToken("token"));
    var first = stage.world.call(new CreateService(), request).service();
    assertThat(first.deployments().getFirst().desiredCount()).isEqualTo(2);
    var again = stage.world.call(new CreateService(), request).service();
    assertThat(again.deployments().getFirst().id()).isEqualTo(first.deployments().getFirst().id());
    var plain = stage.world.call(new CreateService(), Stage.request(_ -> {})).service();
    assertThat(plain.createdAt()).isEqualTo(first.createdAt());
    String text = "Creation of service was not idempotent.";
    assertThat(refusal(stage, one -> one.desiredCount(3))).isEqualTo(text);
    assertThat(refusal(stage, one -> one.clientToken("token").serviceName("other")))
        .isEqualTo(text);
  }

  private static String refusal(Stage stage, Consumer<CreateServiceRequest.Builder> more) {
    return stage.world.refusal(new CreateService(), Stage.request(more)).error().message();
  }

  @Test
  void takesANameAgainOnlyWhenTheOldServiceIsInactive() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    var first = stage.described();
    stage.delete(true);
    assertThat(refusal(stage, _ -> {}))
        .isEqualTo("Unable to Start a service that is still Draining.");
    stage.end().pass(Duration.ofMinutes(1)).create(_ -> {});
    assertThat(stage.described().serviceArn()).isEqualTo(first.serviceArn());
    assertThat(stage.described().createdAt()).isAfter(first.createdAt());
    assertThat(stage.events()).hasSize(1);
  }

  @Test
  void beginsADeploymentForAnotherDefinitionOrByForce() {
    Stage stage = Stage.open().roomy().create(_ -> {}).runAll();
    String id = stage.row().primary().id();
    assertThat(stage.update(one -> one.taskDefinition("app:1")).deployments()).hasSize(1);
    assertThat(stage.update(one -> one.taskDefinition("app")).deployments()).hasSize(2);
    stage.runAll();
    assertThat(stage.row().primary().id()).isNotEqualTo(id);
    assertThat(stage.update(one -> one.forceNewDeployment(true)).deployments()).hasSize(2);
  }

  @Test
  void refusesWhatAServiceThatIsNotActiveCannotDo() {
    Stage stage = Stage.open().roomy();
    assertThat(updateRefusal(stage)).isEqualTo("ServiceNotFoundException: Service not found.");
    stage.create(_ -> {}).runAll();
    Refusal scaled =
        stage.world.refusal(
            new DeleteService(), DeleteServiceRequest.builder().service("web").build());
    assertThat(scaled.error().message())
        .isEqualTo("The service cannot be stopped while it is scaled above 0.");
    stage.update(one -> one.desiredCount(0).taskDefinition("app:2"));
    Refusal deploying =
        stage.world.refusal(
            new DeleteService(), DeleteServiceRequest.builder().service("web").build());
    assertThat(deploying.error().message())
        .isEqualTo("The service cannot be stopped while deployments are active.");
    stage.runAll().delete(false);
    assertThat(stage.row().status()).isEqualTo(Service.INACTIVE);
    assertThat(stage.described().taskDefinition()).endsWith("app:2");
    assertThat(updateRefusal(stage))
        .isEqualTo("ServiceNotActiveException: Service was not ACTIVE.");
    stage.delete(false);
    assertThat(stage.row().status()).isEqualTo(Service.INACTIVE);
  }

  private static String updateRefusal(Stage stage) {
    var error =
        stage
            .world
            .refusal(
                new UpdateService(),
                UpdateServiceRequest.builder().service("web").desiredCount(1).build())
            .error();
    return error.code() + ": " + error.message();
  }
}
