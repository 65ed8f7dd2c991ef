package dev.roadstead.control.node.payload;

import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskContainer;
import dev.roadstead.link.task.Container;
import dev.roadstead.link.task.ContainerBuilder;
import dev.roadstead.link.task.TaskBuilder;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.ProxyConfiguration;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/// Tasks as agents are told of them.
public final class Payloads {
  private static final double UNITS_PER_VCPU = 1024.0;
  private static final TaskOverride NO_OVERRIDE = TaskOverride.builder().build();

  private static final dev.roadstead.link.task.Task.Content NO_CONTENT =
      new dev.roadstead.link.task.Task.Content("", "base64");

  private Payloads() {}

  /// The roles of a task.
  ///
  /// @param task for its containers; null when none
  /// @param execution for the agent; null when none
  public record Roles(@Nullable String task, @Nullable String execution) {}

  /// A task that must run, without credentials.
  public static dev.roadstead.link.task.Task run(Task task, Template template) {
    TaskOverride override = override(task);
    var model = template.model();
    String networkMode = template.row().networkMode();
    boolean executionRole = roles(task, template).execution() != null;
    List<Container> containers = new ArrayList<>();
    for (ContainerDefinition one : model.containerDefinitions()) {
      Container container =
          ContainerPayload.of(one, overrideOf(override, one), task, networkMode, executionRole);
      containers.add(
          ContainerBuilder.builder(container).containerArn(containerArn(task, one)).build());
    }
    return TaskBuilder.builder()
        .arn(task.arn())
        .family(task.family())
        .version(Integer.toString(task.revision()))
        .desiredStatus(dev.roadstead.link.task.Task.RUNNING)
        .cpu(cpu(task, template, override))
        .memory(memory(task, template, override))
        .containers(containers)
        .volumes(Volumes.of(model.volumes()))
        .networkMode(networkMode == null ? "bridge" : networkMode)
        .pidMode(model.pidModeAsString())
        .ipcMode(model.ipcModeAsString())
        .proxyConfiguration(proxy(model.proxyConfiguration()))
        .associations(gpus(task))
        .launchType(task.launchType())
        .serviceName(task.serviceName())
        .group(task.group())
        .enableFaultInjection(Boolean.TRUE.equals(model.enableFaultInjection()) ? true : null)
        .taskClusterArn(task.clusterArn())
        .taskDefinitionAccountId(task.account())
        .build();
  }

  /// A task that must stop: nothing else of it matters.
  public static dev.roadstead.link.task.Task stop(Task task) {
    return TaskBuilder.builder()
        .arn(task.arn())
        .desiredStatus(dev.roadstead.link.task.Task.STOPPED)
        .taskClusterArn(task.clusterArn())
        .build();
  }

  /// The roles of a task: its own before those of its definition.
  public static Roles roles(Task task, Template template) {
    TaskOverride override = override(task);
    return new Roles(
        given(override.taskRoleArn(), template.model().taskRoleArn()),
        given(override.executionRoleArn(), template.model().executionRoleArn()));
  }

  private static @Nullable String given(@Nullable String override, @Nullable String own) {
    String value = override == null || override.isEmpty() ? own : override;
    return value == null || value.isEmpty() ? null : value;
  }

  private static TaskOverride override(Task task) {
    return task.overrides().isEmpty()
        ? NO_OVERRIDE
        : JsonShapes.read(
            task.overrides().getBytes(StandardCharsets.UTF_8), TaskOverride.builder());
  }

  private static @Nullable ContainerOverride overrideOf(
      TaskOverride override, ContainerDefinition container) {
    for (ContainerOverride one : override.containerOverrides()) {
      if (one.name() != null && one.name().equals(container.name())) {
        return one;
      }
    }
    return null;
  }

  /// A task-level limit is sent only when somebody set one; its size is what was reserved.
  private static @Nullable Double cpu(Task task, Template template, TaskOverride override) {
    boolean set = template.row().cpuUnits() != null || given(override.cpu(), null) != null;
    return set ? task.reservation().cpuUnits() / UNITS_PER_VCPU : null;
  }

  private static @Nullable Integer memory(Task task, Template template, TaskOverride override) {
    boolean set = template.row().memoryMib() != null || given(override.memory(), null) != null;
    return set ? task.reservation().memoryMib() : null;
  }

  private static @Nullable String containerArn(Task task, ContainerDefinition container) {
    for (TaskContainer one : task.containers()) {
      if (one.name().equals(container.name())) {
        String path = "container/" + task.cluster() + "/" + task.id() + "/" + one.id();
        return task.scope().arn("ecs", path).toString();
      }
    }
    return null;
  }

  /// Each GPU by its id, with the container that it was given to. Source: the agent's ACS model,
  /// Association.
  private static List<dev.roadstead.link.task.Task.Association> gpus(Task task) {
    List<dev.roadstead.link.task.Task.Association> all = new ArrayList<>();
    for (TaskContainer container : task.containers()) {
      for (String id : container.gpuIds()) {
        all.add(
            new dev.roadstead.link.task.Task.Association(
                id,
                dev.roadstead.link.task.Task.Association.GPU,
                List.of(container.name()),
                NO_CONTENT));
      }
    }
    return all;
  }

  private static dev.roadstead.link.task.Task.@Nullable ProxyConfiguration proxy(
      @Nullable ProxyConfiguration from) {
    return from == null
        ? null
        : new dev.roadstead.link.task.Task.ProxyConfiguration(
            from.typeAsString(),
            from.containerName(),
            DockerConfigs.environment(from.properties()));
  }
}
