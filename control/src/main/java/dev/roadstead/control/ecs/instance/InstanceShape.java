package dev.roadstead.control.ecs.instance;

import dev.roadstead.control.ecs.api.Tags;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.Gpus;
import dev.roadstead.control.ecs.table.InstanceUsage;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceField;
import software.amazon.awssdk.services.ecs.model.ContainerInstanceHealthStatus;
import software.amazon.awssdk.services.ecs.model.InstanceHealthCheckResult;
import software.amazon.awssdk.services.ecs.model.Resource;
import software.amazon.awssdk.services.ecs.model.VersionInfo;

/// A container instance's row as the model's ContainerInstance. Source: Amazon ECS API reference,
/// ContainerInstance.
public final class InstanceShape {
  private static final List<Attachment> NO_ATTACHMENTS = List.of();
  private static final String INSUFFICIENT_DATA = "INSUFFICIENT_DATA";
  private static final String CONTAINER_RUNTIME = "CONTAINER_RUNTIME";

  private InstanceShape() {}

  /// The shape of a row and of what its tasks take.
  ///
  /// @param include what the caller asked for beside what is always there
  public static software.amazon.awssdk.services.ecs.model.ContainerInstance of(
      State state, ContainerInstance row, Set<ContainerInstanceField> include) {
    InstanceUsage usage = state.value(Tasks.USAGE, row.key());
    var shape =
        software.amazon.awssdk.services.ecs.model.ContainerInstance.builder()
            .containerInstanceArn(row.arn())
            .ec2InstanceId(row.ec2InstanceId().isEmpty() ? null : row.ec2InstanceId())
            .version(row.version())
            .versionInfo(versionInfo(row))
            .registeredResources(registered(row))
            .remainingResources(remaining(row, usage))
            .status(row.status())
            .capacityProviderName(row.capacityProviderName())
            .statusReason(row.statusReason())
            .agentConnected(row.connected())
            .runningTasksCount(usage.running())
            .pendingTasksCount(usage.pending())
            .agentUpdateStatus(row.agentUpdateStatus())
            .attributes(attributes(row.attributes()))
            .registeredAt(row.registeredAt())
            .attachments(NO_ATTACHMENTS)
            .tags(
                include.contains(ContainerInstanceField.TAGS)
                    ? Tags.toModel(row.tags())
                    : List.of());
    if (include.contains(ContainerInstanceField.CONTAINER_INSTANCE_HEALTH)) {
      shape.healthStatus(health(row));
    }
    return shape.build();
  }

  /// Attributes as the model has them, in their order.
  public static List<Attribute> attributes(
      List<dev.roadstead.control.ecs.table.Attribute> attributes) {
    List<Attribute> all = new ArrayList<>(attributes.size());
    for (dev.roadstead.control.ecs.table.Attribute one : attributes) {
      all.add(Attribute.builder().name(one.name()).value(one.value()).build());
    }
    return all;
  }

  private static VersionInfo versionInfo(ContainerInstance row) {
    return VersionInfo.builder()
        .agentVersion(absent(row.agentVersion()))
        .agentHash(absent(row.agentHash()))
        .dockerVersion(absent(row.dockerVersion()))
        .build();
  }

  private static @Nullable String absent(String text) {
    return text.isEmpty() ? null : text;
  }

  private static List<Resource> registered(ContainerInstance row) {
    List<Resource> all = new ArrayList<>();
    all.add(integer("CPU", row.cpuUnits()));
    all.add(integer("MEMORY", row.memoryMib()));
    all.add(set("PORTS", texts(new TreeSet<>(row.tcpPorts()))));
    all.add(set("PORTS_UDP", texts(new TreeSet<>(row.udpPorts()))));
    if (!row.gpuIds().isEmpty()) {
      all.add(set("GPU", row.gpuIds()));
    }
    return all;
  }

  /// CPU and memory are what is free, none where a machine came back with less than its tasks took;
  /// ports are those taken: reserved by the registration or in use by tasks.
  private static List<Resource> remaining(ContainerInstance row, InstanceUsage usage) {
    List<Resource> all = new ArrayList<>();
    all.add(integer("CPU", Math.max(0, row.cpuUnits() - usage.cpuUnits())));
    all.add(integer("MEMORY", Math.max(0, row.memoryMib() - usage.memoryMib())));
    all.add(set("PORTS", texts(taken(row.tcpPorts(), usage.tcpPorts()))));
    all.add(set("PORTS_UDP", texts(taken(row.udpPorts(), usage.udpPorts()))));
    if (!row.gpuIds().isEmpty()) {
      all.add(set("GPU", Gpus.free(row, usage)));
    }
    return all;
  }

  private static SortedSet<Integer> taken(
      List<Integer> reserved, SortedMap<Integer, Integer> used) {
    SortedSet<Integer> all = new TreeSet<>(reserved);
    all.addAll(used.keySet());
    return all;
  }

  private static List<String> texts(SortedSet<Integer> ports) {
    return ports.stream().map(Object::toString).toList();
  }

  private static Resource integer(String name, int value) {
    return Resource.builder()
        .name(name)
        .type("INTEGER")
        .doubleValue(0.0)
        .longValue(0L)
        .integerValue(value)
        .build();
  }

  private static Resource set(String name, List<String> values) {
    return Resource.builder()
        .name(name)
        .type("STRINGSET")
        .doubleValue(0.0)
        .longValue(0L)
        .integerValue(0)
        .stringSetValue(values)
        .build();
  }

  private static ContainerInstanceHealthStatus health(ContainerInstance row) {
    String status = row.dockerHealth() == null ? INSUFFICIENT_DATA : row.dockerHealth();
    return ContainerInstanceHealthStatus.builder()
        .overallStatus(status)
        .details(InstanceHealthCheckResult.builder().type(CONTAINER_RUNTIME).status(status).build())
        .build();
  }
}
