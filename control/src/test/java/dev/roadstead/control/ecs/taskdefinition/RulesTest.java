package dev.roadstead.control.ecs.taskdefinition;

import static dev.roadstead.control.ecs.taskdefinition.Definitions.container;
import static dev.roadstead.control.ecs.taskdefinition.Definitions.request;
import static dev.roadstead.control.ecs.taskdefinition.Definitions.with;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.ecs.model.NetworkMode.AWSVPC;
import static software.amazon.awssdk.services.ecs.model.NetworkMode.BRIDGE;
import static software.amazon.awssdk.services.ecs.model.NetworkMode.HOST;
import static software.amazon.awssdk.services.ecs.model.NetworkMode.NONE;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerDependency;
import software.amazon.awssdk.services.ecs.model.EFSVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.EnvironmentFile;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.InferenceAccelerator;
import software.amazon.awssdk.services.ecs.model.LinuxParameters;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionPlacementConstraint;
import software.amazon.awssdk.services.ecs.model.Volume;

/// Each rule refuses with AWS's text. Rules for Fargate are in {@link FargateRulesTest}.
@SuppressWarnings({"unchecked", "varargs"}) // generic varargs of the SDK's builders
class RulesTest {
  @TestFactory
  Stream<DynamicTest> names() {
    return Stream.of(
        refuses(request().family(null).build(), "Family should not be null or empty."),
        refuses(request().family("a b").build(), "Family contains invalid characters."),
        refuses(
            request().containerDefinitions(List.of()).build(), "Container list cannot be empty."),
        refuses(with(c -> c.name("")), "Container.name should not be null or empty."),
        refuses(with(c -> c.image(null)), "Container.image should not be null or empty."),
        refuses(
            containers(container().build(), container().build()),
            "Container names must be unique within a task definition"),
        refuses(
            with(c -> c.essential(false)), "Task definition doesn't have any essential container"),
        refuses(
            request().containerDefinitions(Collections.nCopies(11, container().build())).build(),
            "The number of containers in a task definition cannot exceed 10."),
        refuses(request().taskRoleArn("").build(), "Role is not valid"),
        refuses(request().executionRoleArn("arn:aws:s3:::b").build(), "Role is not valid"));
  }

  @TestFactory
  Stream<DynamicTest> sizes() {
    return Stream.of(
        refuses(
            with(c -> c.memory(null)),
            "Invalid setting for container 'app'. At least one of 'memory' or 'memoryReservation'"
                + " must be specified."),
        refuses(
            with(c -> c.memory(10).memoryReservation(11)),
            "'memory' must be greater than or equal to 'memoryReservation'"),
        refuses(with(c -> c.memory(5)), "Invalid 'memory' setting for container 'app'."),
        refuses(
            request().memory("32").build(),
            "The 'memory' setting for container 'app' is greater than for the task"),
        refuses(
            with(c -> c.cpu(300)).toBuilder().cpu("256").build(),
            "The sum of all container 'cpu' values cannot be greater than the value of the task"
                + " 'cpu'."),
        refuses(request().cpu("127").build(), "Invalid 'cpu' setting for task."),
        refuses(request().cpu("196609").build(), "Invalid 'cpu' setting for task."),
        refuses(request().cpu("much").build(), "Invalid 'cpu' setting for task."),
        refuses(request().memory("-1").build(), "Invalid 'memory' setting for task."),
        refuses(
            request().ephemeralStorage(e -> e.sizeInGiB(20)).build(),
            "EphemeralStorage size should be at least 21"),
        refuses(
            request().ephemeralStorage(e -> e.sizeInGiB(201)).build(),
            "EphemeralStorage size should be at most 200"));
  }

  @TestFactory
  @SuppressWarnings("deprecation")
  Stream<DynamicTest> modelAndPlacement() {
    return Stream.of(
        refuses(
            request().inferenceAccelerators(InferenceAccelerator.builder().build()).build(),
            "Unsupported field 'inferenceAccelerators'"),
        refusesParameter(
            request().networkMode("mesh").build(),
            "Invalid value 'mesh' for networkMode: it should be one of [bridge,host,awsvpc,none]."),
        refusesParameter(
            ports(BRIDGE, p -> p.containerPort(1).protocol("sctp")),
            "Invalid value 'sctp' for protocol: it should be one of [tcp,udp]."),
        refuses(
            with(c -> c.logConfiguration(l -> l.logDriver("paper"))),
            "paper is not a valid log driver. Must be one of [awsfirelens, awslogs, fluentd, gelf,"
                + " journald, json-file, splunk, syslog]"),
        refuses(
            request().placementConstraints(constraint(" ")).build(),
            "memberOf expression should not be null or empty"),
        refuses(
            request().requiresCompatibilitiesWithStrings("EXTERNAL").networkMode(AWSVPC).build(),
            "The task definition is not compatible with launch type EXTERNAL."),
        refuses(
            with(c -> c.command("x".repeat(65 << 10))),
            "Actual length: '66802'. Max allowed length is '65536' bytes."));
  }

  @TestFactory
  Stream<DynamicTest> network() {
    return Stream.of(
        refuses(
            in(AWSVPC, c -> c.dnsServers("1.1.1.1")),
            "DNS servers are not supported on container when networkMode=awsvpc"),
        refuses(
            in(AWSVPC, c -> c.dnsSearchDomains("a.b")),
            "DNS search domains are not supported on container when networkMode=awsvpc"),
        refuses(
            in(AWSVPC, c -> c.hostname("h")),
            "Hostname is not supported on container when networkMode=awsvpc"),
        refuses(
            in(AWSVPC, c -> c.extraHosts(h -> h.hostname("h").ipAddress("1.1.1.1"))),
            "Extra hosts are not supported on container when networkMode=awsvpc"),
        refuses(
            in(AWSVPC, c -> c.disableNetworking(true)),
            "Disable Networking is not supported on container when networkMode=awsvpc"),
        refuses(
            in(AWSVPC, c -> c.links("a")),
            "Links are not supported on container when networkMode=awsvpc"),
        refuses(
            in(HOST, c -> c.links("a")),
            "Links are not supported on container when networkMode=host"),
        refuses(
            in(BRIDGE, c -> c.links("gone")),
            "Cannot link to container gone because it does not exist"));
  }

  @TestFactory
  Stream<DynamicTest> ports() {
    return Stream.of(
        refuses(
            ports(AWSVPC, p -> p.containerPort(80).hostPort(81)),
            "When networkMode=awsvpc, the host ports and container ports in port mappings must"
                + " match."),
        refuses(
            ports(HOST, p -> p.containerPort(80).hostPort(81)),
            "When networkMode=host, the host ports and container ports in port mappings must"
                + " match."),
        refuses(
            ports(NONE, p -> p.containerPort(80)),
            "Port mappings are not supported when networkMode=none."),
        refuses(
            ports(BRIDGE, p -> p.containerPort(65_536)),
            "Invalid 'containerPort' setting for container 'app'."),
        refuses(
            ports(BRIDGE, p -> p.hostPort(80)),
            "Invalid 'containerPort' setting for container 'app'."),
        refuses(
            ports(BRIDGE, p -> p.containerPort(80).hostPort(-1)),
            "Invalid 'hostPort' setting for container 'app'."),
        refuses(
            ports(BRIDGE, p -> p.containerPortRange("9-9")),
            "Invalid 'containerPortRange' setting"),
        refuses(
            ports(BRIDGE, p -> p.containerPortRange("8-9").containerPort(8)),
            "cannot specify both single port and port range"),
        refuses(
            ports(AWSVPC, p -> p.containerPort(80), p -> p.containerPort(80)),
            "container port is used multiple times in task"),
        refuses(
            ports(BRIDGE, p -> p.containerPortRange("8-90"), p -> p.containerPort(80)),
            "container port is used multiple times in task"),
        refuses(
            ports(BRIDGE, p -> p.containerPort(1).name("a"), p -> p.containerPort(2).name("a")),
            "port mapping name is already used"),
        refuses(
            ports(BRIDGE, p -> p.containerPort(1).name("-a")), "Invalid port mapping name '-a'."));
  }

  @TestFactory
  Stream<DynamicTest> dependencies() {
    return Stream.of(
        refuses(
            with(c -> c.dependsOn(on("gone", ContainerCondition.START))),
            "Cannot depend on container gone because it does not exist"),
        refuses(
            pair(ContainerCondition.SUCCESS),
            "A dependency container with SUCCESS or COMPLETE condition cannot be an essential"
                + " container"),
        refuses(
            pair(ContainerCondition.HEALTHY),
            "A dependency container with HEALTHY condition must have health check configured"),
        refuses(
            with(c -> c.dependsOn(on("app", ContainerCondition.START))),
            "Container dependencies must not form a cycle: container app"));
  }

  @TestFactory
  Stream<DynamicTest> secretsAndFiles() {
    return Stream.of(
        refuses(
            with(c -> c.secrets(secret())),
            "When you are specifying container secrets, you must also specify a value for"
                + " 'executionRoleArn'"),
        refuses(
            with(c -> c.secrets(secret()).environment(e -> e.name("S").value("x"))).toBuilder()
                .executionRoleArn("r")
                .build(),
            "The secret name must be unique and not shared with any new or existing environment"
                + " variables set on the container, such as 'S'."),
        refuses(
            with(c -> c.environmentFiles(Collections.nCopies(11, file("arn:aws:s3:::b/k")))),
            "The maximum number of environment files was exceeded. Specify ten or less and try"
                + " again"),
        refuses(with(c -> c.environmentFiles(file("b/k"))), "Invalid arn syntax"),
        refuses(
            log("awslogs", Map.of()),
            "Log driver awslogs requires options: awslogs-region, awslogs-group"),
        refuses(
            log("splunk", Map.of("splunk-url", "u")),
            "Log driver splunk requires options: splunk-token"),
        refuses(
            log("awsfirelens", Map.of()),
            "When a container uses the awsfirelens log driver, the task definition must have"
                + " exactly one container with a firelensConfiguration."));
  }

  @TestFactory
  Stream<DynamicTest> volumes() {
    return Stream.of(
        refuses(
            efs(e -> e.authorizationConfig(a -> a.iam("ENABLED"))),
            "EFS IAM authorization requires TransitEncryption to be enabled"),
        refuses(
            efs(e -> e.transitEncryptionPort(1)),
            "TransitEncryptionPort requires that TransitEncryption is enabled"),
        refuses(
            efs(
                e ->
                    e.rootDirectory("/x")
                        .transitEncryption("ENABLED")
                        .authorizationConfig(a -> a.accessPointId("fsap-1"))),
            "When using an EFS access point, the root directory must either be set to \"/\" or be"
                + " omitted"),
        refuses(
            with(c -> c.mountPoints(m -> m.sourceVolume("v").containerPath("/v"))),
            "Unknown volume 'v'."),
        refuses(
            with(c -> c.volumesFrom(v -> v.sourceContainer("gone"))),
            "Cannot mount volumes from container gone because it does not exist"),
        refuses(
            request()
                .volumes(Volume.builder().name("v").build(), Volume.builder().name("v").build())
                .build(),
            "Volume names must be unique within a task definition"));
  }

  @TestFactory
  Stream<DynamicTest> ranges() {
    return Stream.of(
        refuses(health(h -> h.interval(4)), invalid("healthCheck.interval")),
        refuses(health(h -> h.timeout(61)), invalid("healthCheck.timeout")),
        refuses(health(h -> h.retries(11)), invalid("healthCheck.retries")),
        refuses(health(h -> h.startPeriod(301)), invalid("healthCheck.startPeriod")),
        refuses(health(h -> h.command("true", "x")), invalid("healthCheck.command")),
        refuses(
            with(c -> c.restartPolicy(r -> r.enabled(true).restartAttemptPeriod(59))),
            invalid("restartPolicy.restartAttemptPeriod")),
        refuses(
            with(c -> c.linuxParameters(LinuxParameters.builder().swappiness(101).build())),
            invalid("linuxParameters.swappiness")),
        refuses(
            with(c -> c.ulimits(u -> u.name("nofile").softLimit(2).hardLimit(1))),
            "The soft limit of ulimit 'nofile' cannot be greater than its hard limit."),
        refuses(
            in(HOST, c -> c.systemControls(s -> s.namespace("net.x").value("1"))),
            "Network systemControls are not supported on container when networkMode=host"),
        refuses(
            with(c -> c.resourceRequirements(r -> r.type("GPU").value("none"))),
            invalid("resourceRequirements.value")));
  }

  private static DynamicTest refuses(RegisterTaskDefinitionRequest request, String text) {
    return refuses(request, "ClientException", text);
  }

  private static DynamicTest refusesParameter(RegisterTaskDefinitionRequest request, String text) {
    return refuses(request, "InvalidParameterException", text);
  }

  private static DynamicTest refuses(
      RegisterTaskDefinitionRequest request, String code, String text) {
    return DynamicTest.dynamicTest(
        text,
        () ->
            assertThat(Definitions.world().refusal(new RegisterTaskDefinition(), request))
                .hasMessage(code + ": " + text));
  }

  private static String invalid(String member) {
    return "Invalid '" + member + "' setting for container 'app'.";
  }

  private static RegisterTaskDefinitionRequest containers(ContainerDefinition... containers) {
    return request().containerDefinitions(containers).build();
  }

  private static RegisterTaskDefinitionRequest in(
      NetworkMode mode, Consumer<ContainerDefinition.Builder> change) {
    return with(c -> c.applyMutation(change)).toBuilder().networkMode(mode).build();
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static RegisterTaskDefinitionRequest ports(
      NetworkMode mode, Consumer<PortMapping.Builder>... ports) {
    List<PortMapping> mappings =
        Stream.of(ports).map(one -> PortMapping.builder().applyMutation(one).build()).toList();
    return in(mode, c -> c.portMappings(mappings));
  }

  private static RegisterTaskDefinitionRequest health(Consumer<HealthCheck.Builder> change) {
    return with(
        c ->
            c.healthCheck(
                HealthCheck.builder().command("CMD", "true").applyMutation(change).build()));
  }

  private static RegisterTaskDefinitionRequest log(String driver, Map<String, String> options) {
    return with(
        c ->
            c.logConfiguration(
                LogConfiguration.builder().logDriver(driver).options(options).build()));
  }

  private static RegisterTaskDefinitionRequest efs(
      Consumer<EFSVolumeConfiguration.Builder> change) {
    EFSVolumeConfiguration efs =
        EFSVolumeConfiguration.builder().fileSystemId("fs-1").applyMutation(change).build();
    return request()
        .volumes(Volume.builder().name("v").efsVolumeConfiguration(efs).build())
        .build();
  }

  private static RegisterTaskDefinitionRequest pair(ContainerCondition condition) {
    return containers(
        container().dependsOn(on("other", condition)).build(), container().name("other").build());
  }

  private static ContainerDependency on(String name, ContainerCondition condition) {
    return ContainerDependency.builder().containerName(name).condition(condition).build();
  }

  private static Secret secret() {
    return Secret.builder().name("S").valueFrom("/s").build();
  }

  private static EnvironmentFile file(String arn) {
    return EnvironmentFile.builder().type("s3").value(arn).build();
  }

  private static TaskDefinitionPlacementConstraint constraint(String expression) {
    return TaskDefinitionPlacementConstraint.builder()
        .type("memberOf")
        .expression(expression)
        .build();
  }
}
