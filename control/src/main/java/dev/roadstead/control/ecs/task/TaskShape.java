package dev.roadstead.control.ecs.task;

import dev.roadstead.control.ecs.api.Tags;
import dev.roadstead.control.ecs.table.NetworkBinding;
import dev.roadstead.control.ecs.table.Purpose;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskContainer;
import dev.roadstead.control.ecs.table.WaitingTask;
import dev.roadstead.control.ecs.table.WaitingTasks;
import dev.roadstead.engine.root.State;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.Connectivity;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.NetworkInterface;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/// A task's row as the model's Task.
public final class TaskShape {
  private static final List<Attachment> NO_ATTACHMENTS = List.of();
  private static final List<Attribute> NO_ATTRIBUTES = List.of();
  private static final List<NetworkInterface> NO_INTERFACES = List.of();

  private TaskShape() {}

  /// The model's Task of a row, and of what is known of it beside: while it waits for room, why
  /// and at which place in the order.
  static software.amazon.awssdk.services.ecs.model.Task of(
      State state, Task task, boolean withTags) {
    software.amazon.awssdk.services.ecs.model.Task shape = of(task, withTags);
    WaitingTask row = WaitingTasks.of(state, task);
    if (row == null) {
      return shape;
    }
    return shape.toBuilder()
        .attributes(
            attribute("roadstead.waiting.cause", row.cause()),
            attribute("roadstead.waiting.detail", row.detail()),
            attribute(
                "roadstead.waiting.position", Integer.toString(WaitingTasks.position(state, row))),
            attribute("roadstead.waiting.until", row.failsAt().toString()))
        .build();
  }

  /// Who or what stopped it.
  public static String actor(Task task, StopCause stop) {
    String actor = stop.actor();
    if (actor != null) {
      return Purpose.of(stop) == null ? actor : actor + of(task.deploymentId());
    }
    return switch (stop.code()) {
      case StopCause.SERVICE_SCHEDULER_INITIATED -> "service scheduler" + of(task.deploymentId());
      case StopCause.ESSENTIAL_CONTAINER_EXITED -> "its essential container";
      case StopCause.TASK_FAILED_TO_START ->
          task.instanceId() == null ? "placement" : "the agent of " + task.instanceId();
      default -> "a caller";
    };
  }

  private static String of(@Nullable String deploymentId) {
    return deploymentId == null ? "" : ", of deployment " + deploymentId;
  }

  private static Attribute attribute(String name, String value) {
    return Attribute.builder().name(name).value(value).build();
  }

  /// The model's Task of a row.
  ///
  /// @param withTags whether the caller asked for tags; without, the list is there and empty
  public static software.amazon.awssdk.services.ecs.model.Task of(Task task, boolean withTags) {
    List<Container> containers = new ArrayList<>(task.containers().size());
    for (TaskContainer container : task.containers()) {
      containers.add(container(task, container));
    }
    var shape =
        software.amazon.awssdk.services.ecs.model.Task.builder()
            .attachments(NO_ATTACHMENTS)
            .attributes(NO_ATTRIBUTES)
            .availabilityZone(task.availabilityZone())
            .clusterArn(task.clusterArn())
            .connectivity(task.connected() ? Connectivity.CONNECTED : null)
            .connectivityAt(task.times().connectivityAt())
            .containers(containers)
            .cpu(task.cpu())
            .memory(task.memory())
            .createdAt(task.times().createdAt())
            .desiredStatus(task.wanted() ? "RUNNING" : "STOPPED")
            .enableExecuteCommand(task.enableExecuteCommand())
            .executionStoppedAt(task.times().executionStoppedAt())
            .group(task.group())
            .healthStatus(task.health().name())
            .lastStatus(task.lastStatus().name())
            .launchType(task.launchType())
            .capacityProviderName(task.capacityProviderName())
            .overrides(overrides(task))
            .pullStartedAt(task.times().pullStartedAt())
            .pullStoppedAt(task.times().pullStoppedAt())
            .startedAt(task.times().startedAt())
            .startedBy(task.startedBy())
            .stoppingAt(task.times().stoppingAt())
            .stoppedAt(task.times().stoppedAt())
            .tags(withTags ? Tags.toModel(task.tags()) : List.of())
            .taskArn(task.arn())
            .taskDefinitionArn(task.taskDefinitionArn())
            .version(task.version());
    if (task.instanceId() != null) {
      shape.containerInstanceArn(
          task.scope()
              .arn("ecs", "container-instance/" + task.cluster() + "/" + task.instanceId())
              .toString());
    }
    if (task.stop() != null) {
      shape
          .stopCode(task.stop().code())
          .stoppedReason(task.stop().reason())
          .attributes(attribute("roadstead.stopped-by", actor(task, task.stop())));
    }
    return shape.build();
  }

  private static Container container(Task task, TaskContainer container) {
    return Container.builder()
        .containerArn(containerArn(task, container))
        .taskArn(task.arn())
        .name(container.name())
        .image(container.image())
        .imageDigest(container.imageDigest())
        .runtimeId(container.runtimeId())
        .lastStatus(container.lastStatus())
        .exitCode(container.exitCode())
        .reason(container.reason())
        .networkBindings(container.networkBindings().stream().map(TaskShape::binding).toList())
        .networkInterfaces(NO_INTERFACES)
        .healthStatus(container.health().name())
        .managedAgents(List.of())
        .gpuIds(container.gpuIds())
        .cpu(container.cpu())
        .memory(container.memory())
        .memoryReservation(container.memoryReservation())
        .build();
  }

  /// Source: ECS developer guide, "Amazon Resource Names (ARNs) and IDs", container.
  public static String containerArn(Task task, TaskContainer container) {
    return task.scope()
        .arn("ecs", "container/" + task.cluster() + "/" + task.id() + "/" + container.id())
        .toString();
  }

  private static software.amazon.awssdk.services.ecs.model.NetworkBinding binding(
      NetworkBinding binding) {
    var shape =
        software.amazon.awssdk.services.ecs.model.NetworkBinding.builder()
            .bindIP(binding.bindIp())
            .protocol(binding.protocol());
    if (binding.containerPortRange() != null) {
      shape.containerPortRange(binding.containerPortRange()).hostPortRange(binding.hostPortRange());
    } else {
      shape.containerPort(binding.containerPort()).hostPort(binding.hostPort());
    }
    return shape.build();
  }

  /// As sent, with an entry for each container. Observed: ECS names every container in
  /// `overrides`, even without any override.
  private static TaskOverride overrides(Task task) {
    TaskOverride.Builder builder = TaskOverride.builder();
    if (!task.overrides().isEmpty()) {
      JsonShapes.fill(task.overrides().getBytes(StandardCharsets.UTF_8), builder);
    }
    TaskOverride sent = builder.build();
    List<ContainerOverride> all = new ArrayList<>();
    for (TaskContainer container : task.containers()) {
      all.add(
          sent.containerOverrides().stream()
              .filter(one -> container.name().equals(one.name()))
              .findFirst()
              .orElseGet(() -> ContainerOverride.builder().name(container.name()).build()));
    }
    return builder.containerOverrides(all).inferenceAcceleratorOverrides(List.of()).build();
  }
}
