package dev.roadstead.control.ecs.taskdefinition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.World;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LinuxParameters;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Volume;

/// What Fargate does not take is refused when it is required, and else only keeps FARGATE out of
/// `compatibilities`.
@SuppressWarnings("unchecked") // generic varargs of the SDK's builders
class FargateRulesTest {
  @TestFactory
  Stream<DynamicTest> refuses() {
    return Stream.of(
        refuses(r -> r.cpu(null), "Fargate requires that 'cpu' be defined at the task level."),
        refuses(
            r -> r.memory(null), "Fargate requires that 'memory' be defined at the task level."),
        refuses(r -> r.memory("4096"), "No Fargate configuration exists for given values."),
        refuses(
            r -> r.runtimePlatform(p -> p.operatingSystemFamily("WINDOWS_SERVER_2019_CORE")),
            "No Fargate configuration exists for given values."),
        refuses(
            r -> r.networkMode(NetworkMode.BRIDGE), "Fargate only supports network mode 'awsvpc'."),
        refuses(
            r -> r.pidMode("host"),
            "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value"
                + " for pidMode is 'task'."),
        refuses(
            c(c -> c.privileged(true)),
            "Fargate requires that the 'privileged' setting be 'false'"),
        refuses(
            linux(l -> l.capabilities(k -> k.add("NET_ADMIN"))),
            "NET_ADMIN is not allowed on Fargate."),
        refuses(linux(l -> l.devices(d -> d.hostPath("/dev/x"))), unsupported("devices")),
        refuses(linux(l -> l.sharedMemorySize(1)), unsupported("sharedMemorySize")),
        refuses(c(c -> c.dockerSecurityOptions("label:x")), unsupported("dockerSecurityOptions")),
        refuses(c(c -> c.links("x")), unsupported("links")),
        refuses(
            r -> r.volumes(Volume.builder().name("v").host(h -> h.sourcePath("/x")).build()),
            unsupported("sourcePath")),
        refuses(
            r -> r.volumes(Volume.builder().name("v").dockerVolumeConfiguration(d -> {}).build()),
            unsupported("dockerVolumeConfiguration")),
        refuses(
            c(c -> c.logConfiguration(l -> l.logDriver("syslog"))),
            "syslog is not a valid log driver. Must be one of [awslogs, splunk, awsfirelens]"),
        refuses(
            c(c -> c.logConfiguration(l -> l.logDriver("awslogs").options(Map.of("a", "b")))),
            "Fargate requires task definition to have execution role ARN to support log driver"
                + " awslogs"),
        refuses(
            c(c -> c.image("123456789012.dkr.ecr.eu-central-1.amazonaws.com/a")),
            "Fargate requires task definition to have execution role ARN to support ECR images."));
  }

  @Test
  void compatibilitiesFollowTheContent() {
    assertThat(compatibilities(request().build()))
        .containsExactly(Compatibility.EC2, Compatibility.FARGATE, Compatibility.MANAGED_INSTANCES);
    assertThat(compatibilities(request().requiresCompatibilities(List.of()).memory("4096").build()))
        .containsExactly(Compatibility.EC2, Compatibility.MANAGED_INSTANCES);
    assertThat(compatibilities(Definitions.request().build()))
        .containsExactly(Compatibility.EXTERNAL, Compatibility.EC2);
  }

  private static List<Compatibility> compatibilities(RegisterTaskDefinitionRequest request) {
    World world = Definitions.world();
    return Definitions.register(world, request).compatibilities();
  }

  private static RegisterTaskDefinitionRequest.Builder request() {
    return Definitions.request()
        .requiresCompatibilities(Compatibility.FARGATE)
        .networkMode(NetworkMode.AWSVPC)
        .cpu("256")
        .memory("512");
  }

  private static DynamicTest refuses(
      Consumer<RegisterTaskDefinitionRequest.Builder> change, String text) {
    RegisterTaskDefinitionRequest request = request().applyMutation(change).build();
    return DynamicTest.dynamicTest(
        text,
        () ->
            assertThat(Definitions.world().refusal(new RegisterTaskDefinition(), request))
                .hasMessage("ClientException: " + text));
  }

  private static Consumer<RegisterTaskDefinitionRequest.Builder> c(
      Consumer<ContainerDefinition.Builder> change) {
    return r -> r.containerDefinitions(Definitions.container().applyMutation(change).build());
  }

  private static Consumer<RegisterTaskDefinitionRequest.Builder> linux(
      Consumer<LinuxParameters.Builder> change) {
    return c(c -> c.linuxParameters(change));
  }

  private static String unsupported(String member) {
    return "Fargate compatible task definitions do not support " + member;
  }
}
