package dev.roadstead.control.ecs.taskdefinition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.World;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

/// What registering stores and answers.
class RegisterTaskDefinitionTest {
  private final World world = Definitions.world();

  @Test
  void answersWithTheDefaultsOfMembersNotSent() {
    TaskDefinition shown = Definitions.register(world);

    assertThat(shown)
        .isEqualTo(
            TaskDefinition.builder()
                .taskDefinitionArn("arn:aws:ecs:eu-central-1:123456789012:task-definition/web:1")
                .family("web")
                .revision(1)
                .status(TaskDefinitionStatus.ACTIVE)
                .containerDefinitions(
                    ContainerDefinition.builder()
                        .name("app")
                        .image("busybox")
                        .cpu(0)
                        .memory(64)
                        .portMappings(List.of())
                        .essential(true)
                        .environment(List.of())
                        .mountPoints(List.of())
                        .volumesFrom(List.of())
                        .systemControls(List.of())
                        .build())
                .volumes(List.of())
                .placementConstraints(List.of())
                .requiresAttributes(List.of())
                .compatibilities(Compatibility.EXTERNAL, Compatibility.EC2)
                .registeredAt(world.now())
                .registeredBy("arn:aws:iam::123456789012:root")
                .enableFaultInjection(false)
                .build());
    assertThat(describe("web")).isEqualTo(shown);
  }

  @Test
  void revisionsCountUpAndAreNeverUsedAgain() {
    Definitions.register(world);
    assertThat(Definitions.register(world).revision()).isEqualTo(2);
    deregister("web:2");

    assertThat(describe("web").revision()).isEqualTo(1);
    deregister("web:1");
    assertThat(Definitions.register(world).revision()).isEqualTo(3);
  }

  @Test
  void portsTakeTheirHostPortFromTheNetworkMode() {
    assertThat(hostPort(NetworkMode.BRIDGE)).isZero();
    assertThat(hostPort(NetworkMode.HOST)).isEqualTo(80);
    assertThat(hostPort(NetworkMode.AWSVPC)).isEqualTo(80);
  }

  private int hostPort(NetworkMode mode) {
    TaskDefinition shown =
        Definitions.register(
            world,
            Definitions.with(c -> c.portMappings(PortMapping.builder().containerPort(80).build()))
                .toBuilder()
                .networkMode(mode)
                .build());
    PortMapping port = shown.containerDefinitions().getFirst().portMappings().getFirst();
    assertThat(port.protocol()).isEqualTo(TransportProtocol.TCP);
    return port.hostPort();
  }

  @Test
  void healthChecksShowTheirDefaults() {
    TaskDefinition shown =
        Definitions.register(
            world,
            Definitions.with(
                c -> c.healthCheck(HealthCheck.builder().command("CMD-SHELL", "true").build())));

    assertThat(shown.containerDefinitions().getFirst().healthCheck())
        .isEqualTo(
            HealthCheck.builder()
                .command("CMD-SHELL", "true")
                .interval(30)
                .timeout(5)
                .retries(3)
                .build());
    assertThat(shown.requiresAttributes())
        .extracting(Attribute::name)
        .containsExactly(
            "com.amazonaws.ecs.capability.docker-remote-api.1.24",
            "ecs.capability.container-health-check");
  }

  @Test
  void sizesAreWrittenAsNumbersAndRolesAsArns() {
    TaskDefinition shown =
        Definitions.register(
            world,
            Definitions.request()
                .cpu(".5 vCPU")
                .memory("1GB")
                .taskRoleArn("worker")
                .executionRoleArn("arn:aws:iam::123456789012:role/service/pull")
                .build());

    assertThat(shown.cpu()).isEqualTo("512");
    assertThat(shown.memory()).isEqualTo("1024");
    assertThat(shown.taskRoleArn()).isEqualTo("arn:aws:iam::123456789012:role/worker");
    assertThat(shown.executionRoleArn()).isEqualTo("arn:aws:iam::123456789012:role/service/pull");
  }

  @Test
  void tagsStandBesideTheDefinitionAndOnlyWhenAskedFor() {
    Tag tag = Tag.builder().key("team").value("blue").build();
    RegisterTaskDefinitionResponse answer =
        world.call(new RegisterTaskDefinition(), Definitions.request().tags(tag).build());

    assertThat(answer.tags()).containsExactly(tag);
    DescribeTaskDefinitionRequest plain =
        DescribeTaskDefinitionRequest.builder().taskDefinition("web").build();
    assertThat(world.call(new DescribeTaskDefinition(), plain).hasTags()).isFalse();
    DescribeTaskDefinitionRequest tagged =
        plain.toBuilder().include(TaskDefinitionField.TAGS).build();
    assertThat(world.call(new DescribeTaskDefinition(), tagged).tags()).containsExactly(tag);
  }

  private TaskDefinition describe(String name) {
    return world
        .call(
            new DescribeTaskDefinition(),
            DescribeTaskDefinitionRequest.builder().taskDefinition(name).build())
        .taskDefinition();
  }

  private void deregister(String name) {
    world.call(
        new DeregisterTaskDefinition(),
        DeregisterTaskDefinitionRequest.builder().taskDefinition(name).build());
  }
}
