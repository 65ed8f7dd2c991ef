package dev.roadstead.control;

import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerSpec;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitionBuilder;
import java.time.Instant;
import java.util.List;

/// Rows to start a story with. Each is valid as it is; change what matters with its builder.
public final class Rows {
  public static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  private Rows() {}

  public static Cluster cluster(String name) {
    return new Cluster(
        World.ACCOUNT,
        World.REGION,
        name,
        Cluster.ACTIVE,
        "{}",
        List.of(),
        List.of(),
        List.of(),
        THEN,
        null);
  }

  /// An ACTIVE, connected instance of cluster `default` with 2048 CPU units and 4096 MiB in zone
  /// `eu-central-1a`.
  public static ContainerInstance instance(String id) {
    return ContainerInstanceBuilder.builder()
        .account(World.ACCOUNT)
        .region(World.REGION)
        .cluster("default")
        .id(id)
        .ec2InstanceId("i-" + id)
        .status(ContainerInstance.ACTIVE)
        .connected(true)
        .cpuUnits(2048)
        .memoryMib(4096)
        .tcpPorts(List.of(22))
        .udpPorts(List.of())
        .gpuIds(List.of())
        .attributes(List.of(new Attribute("ecs.availability-zone", "eu-central-1a")))
        .agentVersion("1")
        .agentHash("")
        .dockerVersion("")
        .tags(List.of())
        .registeredAt(THEN)
        .version(1)
        .build();
  }

  /// An ACTIVE definition `FAMILY:REVISION` of one essential container `web` with 256 CPU units and
  /// 128 MiB.
  public static TaskDefinition definition(String family, int revision) {
    return TaskDefinitionBuilder.builder()
        .account(World.ACCOUNT)
        .region(World.REGION)
        .family(family)
        .revision(revision)
        .status(TaskDefinition.ACTIVE)
        .document("{\"containerDefinitions\":[{\"name\":\"web\",\"image\":\"web:1\"}]}")
        .containers(
            List.of(new ContainerSpec("web", "web:1", true, 256, 128, null, false, List.of(), 0)))
        .placementConstraints(List.of())
        .requiresAttributes(List.of())
        .compatibilities(List.of("EXTERNAL", "EC2"))
        .tags(List.of())
        .registeredAt(THEN)
        .registeredBy("arn:aws:iam::" + World.ACCOUNT + ":root")
        .build();
  }
}
