package dev.roadstead.link.task;

import dev.roadstead.link.Copies;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A container of a task.
/// @param essential absent means false
/// @param cpu CPU units, 1024 per vCPU
/// @param memory hard limit, MiB
/// @param links each `name` or `name:alias`
/// @param startTimeout seconds
/// @param stopTimeout seconds
/// @param healthCheckType `docker` when health is to be reported
/// @param overrides a JSON object as text that may hold `command` only
@RecordBuilder
public record Container(
    String name,
    String image,
    @Nullable Boolean essential,
    List<String> command,
    List<String> entryPoint,
    Map<String, String> environment,
    List<EnvironmentFile> environmentFiles,
    @Nullable Integer cpu,
    @Nullable Integer memory,
    List<PortMapping> portMappings,
    List<MountPoint> mountPoints,
    List<VolumeFrom> volumesFrom,
    List<String> links,
    List<Dependency> dependsOn,
    @Nullable Integer startTimeout,
    @Nullable Integer stopTimeout,
    @Nullable String healthCheckType,
    @Nullable RestartPolicy restartPolicy,
    List<Secret> secrets,
    @Nullable String logsAuthStrategy,
    @Nullable RegistryAuthentication registryAuthentication,
    @Nullable FirelensConfiguration firelensConfiguration,
    List<ManagedAgent> managedAgents,
    List<String> credentialSpecs,
    @Nullable String overrides,
    @Nullable DockerConfig dockerConfig,
    @Nullable String containerArn) {
  public Container {
    command = Copies.of(command);
    entryPoint = Copies.of(entryPoint);
    environment = Copies.of(environment);
    environmentFiles = Copies.of(environmentFiles);
    portMappings = Copies.of(portMappings);
    mountPoints = Copies.of(mountPoints);
    volumesFrom = Copies.of(volumesFrom);
    links = Copies.of(links);
    dependsOn = Copies.of(dependsOn);
    secrets = Copies.of(secrets);
    managedAgents = Copies.of(managedAgents);
    credentialSpecs = Copies.of(credentialSpecs);
  }

  /// Health of containers of this type is reported; {@link #healthCheckType}.
  public static final String HEALTH_DOCKER = "docker";

  public record EnvironmentFile(@Nullable String value, @Nullable String type) {}

  /// Either one port or a range `lo-hi`; protocol `tcp` (the default) or `udp`.
  public record PortMapping(
      @Nullable Integer containerPort,
      @Nullable Integer hostPort,
      @Nullable String protocol,
      @Nullable String containerPortRange) {}

  public record MountPoint(String sourceVolume, String containerPath, @Nullable Boolean readOnly) {}

  public record VolumeFrom(String sourceContainer, @Nullable Boolean readOnly) {}

  /// Condition `START`, `COMPLETE`, `SUCCESS` or `HEALTHY`.
  public record Dependency(String containerName, String condition) {}

  /// The period is in seconds.
  public record RestartPolicy(
      @Nullable Boolean enabled,
      List<Integer> ignoredExitCodes,
      @Nullable Integer restartAttemptPeriod) {
    public RestartPolicy {
      ignoredExitCodes = Copies.of(ignoredExitCodes);
    }
  }

  /// Provider `ssm` or `asm`; type `ENVIRONMENT_VARIABLE`, `MOUNT_POINT` or `BOOTSTRAP`;
  /// target `CONTAINER` or `LOG_DRIVER`.
  public record Secret(
      String name,
      @Nullable String valueFrom,
      @Nullable String region,
      @Nullable String provider,
      @Nullable String type,
      @Nullable String target,
      @Nullable String containerPath) {}

  /// Type `ecr` or `asm`.
  public record RegistryAuthentication(
      @Nullable String type,
      @Nullable EcrAuthData ecrAuthData,
      @Nullable AsmAuthData asmAuthData) {}

  public record EcrAuthData(
      @Nullable String registryId,
      @Nullable String region,
      @Nullable String endpointOverride,
      @Nullable Boolean useExecutionRole) {}

  public record AsmAuthData(@Nullable String credentialsParameter, @Nullable String region) {}

  /// Type `fluentd` or `fluentbit`.
  public record FirelensConfiguration(@Nullable String type, Map<String, String> options) {
    public FirelensConfiguration {
      options = Copies.of(options);
    }
  }

  public record ManagedAgent(String name, Map<String, String> properties) {
    public ManagedAgent {
      properties = Copies.of(properties);
    }
  }

  /// Docker Engine API JSON as text, merged over what the agent derives: ContainerConfig and
  /// HostConfig.
  public record DockerConfig(
      @Nullable String version, @Nullable String config, @Nullable String hostConfig) {}
}
