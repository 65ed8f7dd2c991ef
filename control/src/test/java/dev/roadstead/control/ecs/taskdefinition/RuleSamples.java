package dev.roadstead.control.ecs.taskdefinition;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerDependency;
import software.amazon.awssdk.services.ecs.model.DockerVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.EnvironmentFile;
import software.amazon.awssdk.services.ecs.model.EnvironmentFileType;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.HostEntry;
import software.amazon.awssdk.services.ecs.model.KernelCapabilities;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LinuxParameters;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.MountPoint;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.ResourceRequirement;
import software.amazon.awssdk.services.ecs.model.ResourceType;
import software.amazon.awssdk.services.ecs.model.Scope;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.SystemControl;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionPlacementConstraint;
import software.amazon.awssdk.services.ecs.model.Ulimit;
import software.amazon.awssdk.services.ecs.model.UlimitName;
import software.amazon.awssdk.services.ecs.model.Volume;

/// Larger requests that keep every rule.
final class RuleSamples {
  private RuleSamples() {}

  /// Most members that a bridge-mode definition may have.
  static RegisterTaskDefinitionRequest rich() {
    return RegisterTaskDefinitionRequest.builder()
        .family("rich")
        .networkMode(NetworkMode.BRIDGE)
        .cpu("1 vCPU")
        .memory("2GB")
        .taskRoleArn("worker")
        .executionRoleArn("puller")
        .placementConstraints(
            TaskDefinitionPlacementConstraint.builder()
                .type("memberOf")
                .expression("attribute:zone == a")
                .build())
        .volumes(
            Volume.builder()
                .name("data")
                .dockerVolumeConfiguration(
                    DockerVolumeConfiguration.builder()
                        .scope(Scope.SHARED)
                        .autoprovision(true)
                        .driver("local")
                        .build())
                .build(),
            Volume.builder().name("scratch").build())
        .containerDefinitions(web(), setup())
        .build();
  }

  private static ContainerDefinition web() {
    return Definitions.container()
        .cpu(100)
        .memoryReservation(32)
        .links("setup:db")
        .portMappings(
            PortMapping.builder().name("http").containerPort(80).hostPort(8080).build(),
            PortMapping.builder().containerPortRange("9000-9009").build())
        .environment(KeyValuePair.builder().name("A").value("").build())
        .environmentFiles(
            EnvironmentFile.builder()
                .type(EnvironmentFileType.S3)
                .value("arn:aws:s3:::bucket/x.env")
                .build())
        .secrets(Secret.builder().name("S").valueFrom("/path/s").build())
        .mountPoints(MountPoint.builder().sourceVolume("data").containerPath("/data").build())
        .dependsOn(
            ContainerDependency.builder()
                .containerName("setup")
                .condition(ContainerCondition.SUCCESS)
                .build())
        .ulimits(Ulimit.builder().name(UlimitName.NOFILE).softLimit(10).hardLimit(20).build())
        .dockerLabels(Map.of("a", "b"))
        .extraHosts(HostEntry.builder().hostname("h").ipAddress("10.0.0.1").build())
        .systemControls(SystemControl.builder().namespace("net.core.somaxconn").value("1").build())
        .resourceRequirements(
            ResourceRequirement.builder().type(ResourceType.GPU).value("2").build())
        .linuxParameters(
            LinuxParameters.builder()
                .initProcessEnabled(true)
                .capabilities(KernelCapabilities.builder().add("NET_ADMIN").drop("ALL").build())
                .build())
        .healthCheck(HealthCheck.builder().command("CMD", "true").startPeriod(10).build())
        .logConfiguration(
            LogConfiguration.builder()
                .logDriver(LogDriver.AWSLOGS)
                .options(Map.of("awslogs-region", "eu-central-1", "awslogs-group", "g"))
                .build())
        .stopTimeout(5)
        .build();
  }

  private static ContainerDefinition setup() {
    return ContainerDefinition.builder()
        .name("setup")
        .image("123456789012.dkr.ecr.eu-central-1.amazonaws.com/setup:1")
        .essential(false)
        .memory(16)
        .command(List.of("true"))
        .build();
  }
}
