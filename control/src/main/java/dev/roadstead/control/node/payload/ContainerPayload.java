package dev.roadstead.control.node.payload;

import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.link.task.Container;
import dev.roadstead.link.task.ContainerBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.ContainerRestartPolicy;
import software.amazon.awssdk.services.ecs.model.EnvironmentFile;
import software.amazon.awssdk.services.ecs.model.FirelensConfiguration;
import software.amazon.awssdk.services.ecs.model.PortMapping;

/// One container of a payload. Overrides are merged here: agents take none but the command.
final class ContainerPayload {
  private static final String EXECUTION_ENVIRONMENT = "AWS_EXECUTION_ENV";
  private static final String EXECUTION_ROLE = "ExecutionRole";

  private ContainerPayload() {}

  /// @param override what this launch changes; null when nothing
  /// @param executionRole whether the task has one
  static Container of(
      ContainerDefinition from,
      @Nullable ContainerOverride override,
      Task task,
      @Nullable String networkMode,
      boolean executionRole) {
    Integer memory = pick(override == null ? null : override.memory(), from.memory());
    Integer soft =
        pick(override == null ? null : override.memoryReservation(), from.memoryReservation());
    ContainerBuilder container =
        ContainerBuilder.builder()
            .name(from.name())
            .image(from.image())
            .essential(!Boolean.FALSE.equals(from.essential()))
            .command(
                override != null && !override.command().isEmpty()
                    ? override.command()
                    : from.command())
            .entryPoint(from.entryPoint())
            .environment(environment(from, override, task))
            .environmentFiles(environmentFiles(from, override))
            .cpu(pick(override == null ? null : override.cpu(), from.cpu()))
            .memory(memory)
            .portMappings(from.portMappings().stream().map(ContainerPayload::port).toList())
            .links(from.links())
            .startTimeout(from.startTimeout())
            .stopTimeout(from.stopTimeout())
            .healthCheckType(from.healthCheck() == null ? null : Container.HEALTH_DOCKER)
            .restartPolicy(restartPolicy(from.restartPolicy()))
            .firelensConfiguration(firelens(from.firelensConfiguration()))
            .credentialSpecs(from.credentialSpecs())
            .secrets(Secrets.of(from, task.region()))
            .registryAuthentication(RegistryLogins.of(from, task.region(), executionRole))
            .dockerConfig(DockerConfigs.of(from, networkMode, memory, soft));
    if (executionRole
        && from.logConfiguration() != null
        && "awslogs".equals(from.logConfiguration().logDriverAsString())) {
      container.logsAuthStrategy(EXECUTION_ROLE);
    }
    return relations(container, from).build();
  }

  private static ContainerBuilder relations(ContainerBuilder container, ContainerDefinition from) {
    return container
        .mountPoints(
            from.mountPoints().stream()
                .map(
                    one ->
                        new Container.MountPoint(
                            one.sourceVolume(), one.containerPath(), one.readOnly()))
                .toList())
        .volumesFrom(
            from.volumesFrom().stream()
                .map(one -> new Container.VolumeFrom(one.sourceContainer(), one.readOnly()))
                .toList())
        .dependsOn(
            from.dependsOn().stream()
                .map(one -> new Container.Dependency(one.containerName(), one.conditionAsString()))
                .toList());
  }

  private static <T> @Nullable T pick(@Nullable T override, @Nullable T own) {
    return override == null ? own : override;
  }

  private static Map<String, String> environment(
      ContainerDefinition from, @Nullable ContainerOverride override, Task task) {
    SequencedMap<String, String> all = DockerConfigs.environment(from.environment());
    if (override != null) {
      all.putAll(DockerConfigs.environment(override.environment()));
    }
    all.putIfAbsent(EXECUTION_ENVIRONMENT, "AWS_ECS_" + task.launchType());
    return all;
  }

  private static List<Container.EnvironmentFile> environmentFiles(
      ContainerDefinition from, @Nullable ContainerOverride override) {
    List<EnvironmentFile> files = new ArrayList<>(from.environmentFiles());
    if (override != null) {
      files.addAll(override.environmentFiles());
    }
    return files.stream()
        .map(one -> new Container.EnvironmentFile(one.value(), one.typeAsString()))
        .toList();
  }

  private static Container.PortMapping port(PortMapping from) {
    String protocol = from.protocolAsString() == null ? "tcp" : from.protocolAsString();
    return from.containerPortRange() == null
        ? new Container.PortMapping(from.containerPort(), from.hostPort(), protocol, null)
        : new Container.PortMapping(null, null, protocol, from.containerPortRange());
  }

  private static Container.@Nullable RestartPolicy restartPolicy(
      @Nullable ContainerRestartPolicy from) {
    return from == null
        ? null
        : new Container.RestartPolicy(
            from.enabled(), from.ignoredExitCodes(), from.restartAttemptPeriod());
  }

  private static Container.@Nullable FirelensConfiguration firelens(
      @Nullable FirelensConfiguration from) {
    return from == null
        ? null
        : new Container.FirelensConfiguration(from.typeAsString(), from.options());
  }
}
