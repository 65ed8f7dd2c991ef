package dev.roadstead.control.ecs.taskdefinition.rule;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LinuxParameters;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.PidMode;
import software.amazon.awssdk.services.ecs.model.Volume;

/// What AWS Fargate does not take. Source: ECS developer guide, "Amazon ECS task definition
/// differences for Fargate"; texts as observed from the service.
public final class FargateRules {
  static final List<String> LOG_DRIVERS = List.of("awslogs", "splunk", "awsfirelens");

  private static final int TIMEOUT_SECONDS_MIN = 2;
  private static final int TIMEOUT_SECONDS_MAX = 120;

  private FargateRules() {}

  /// The text for the first rule broken, or null when Fargate would take it.
  public static @Nullable String violation(Draft draft) {
    return Stream.concat(
            Stream.of(size(draft), mode(draft)),
            Stream.concat(
                draft.request().volumes().stream().map(FargateRules::volume),
                draft.containers().stream().map(one -> container(one, draft))))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String size(Draft draft) {
    Integer cpu = draft.cpuUnits();
    Integer memory = draft.memoryMib();
    if (cpu == null) {
      return "Fargate requires that 'cpu' be defined at the task level.";
    }
    if (memory == null) {
      return "Fargate requires that 'memory' be defined at the task level.";
    }
    if (!draft.awsvpc()) {
      return "Fargate only supports network mode 'awsvpc'.";
    }
    return FargateSizes.exists(cpu, memory, draft.windows())
        ? null
        : "No Fargate configuration exists for given values.";
  }

  private static @Nullable String mode(Draft draft) {
    PidMode pid = draft.request().pidMode();
    if (pid != null && (pid != PidMode.TASK || draft.windows())) {
      return "Tasks using the Fargate launch type do not support pidMode '"
          + draft.request().pidModeAsString()
          + "'. The supported value for pidMode is 'task'.";
    }
    if (draft.request().ipcMode() != null) {
      return unsupported("ipcMode");
    }
    return draft.request().placementConstraints().isEmpty()
        ? null
        : unsupported("placementConstraints");
  }

  private static @Nullable String volume(Volume volume) {
    if (volume.dockerVolumeConfiguration() != null) {
      return unsupported("dockerVolumeConfiguration");
    }
    if (volume.fsxWindowsFileServerVolumeConfiguration() != null) {
      return unsupported("fsxWindowsFileServerVolumeConfiguration");
    }
    boolean bound = volume.host() != null && volume.host().sourcePath() != null;
    return bound ? unsupported("sourcePath") : null;
  }

  private static @Nullable String container(ContainerDefinition container, Draft draft) {
    if (Boolean.TRUE.equals(container.privileged())) {
      return "Fargate requires that the 'privileged' setting be 'false'";
    }
    if (!container.dockerSecurityOptions().isEmpty()) {
      return unsupported("dockerSecurityOptions");
    }
    if (!container.links().isEmpty()) {
      return unsupported("links");
    }
    if (!container.resourceRequirements().isEmpty()) {
      return unsupported("resourceRequirements");
    }
    if (!timely(container.startTimeout())) {
      return "Invalid 'startTimeout' setting for container '" + container.name() + "'.";
    }
    if (!timely(container.stopTimeout())) {
      return "Invalid 'stopTimeout' setting for container '" + container.name() + "'.";
    }
    String linux = container.linuxParameters() == null ? null : linux(container.linuxParameters());
    return linux != null ? linux : role(container, draft);
  }

  private static @Nullable String linux(LinuxParameters linux) {
    if (linux.capabilities() != null) {
      for (String capability : linux.capabilities().add()) {
        if (!capability.equals("SYS_PTRACE")) {
          return capability + " is not allowed on Fargate.";
        }
      }
    }
    if (!linux.devices().isEmpty()) {
      return unsupported("devices");
    }
    if (linux.sharedMemorySize() != null) {
      return unsupported("sharedMemorySize");
    }
    if (!linux.tmpfs().isEmpty()) {
      return unsupported("tmpfs");
    }
    if (linux.maxSwap() != null) {
      return unsupported("maxSwap");
    }
    return linux.swappiness() == null ? null : unsupported("swappiness");
  }

  private static @Nullable String role(ContainerDefinition container, Draft draft) {
    LogConfiguration log = container.logConfiguration();
    if (log != null && !LOG_DRIVERS.contains(log.logDriverAsString())) {
      return LogRules.notValid(log.logDriverAsString(), LOG_DRIVERS);
    }
    if (draft.request().executionRoleArn() != null) {
      return null;
    }
    if (log != null && log.logDriver() == LogDriver.AWSLOGS) {
      return "Fargate requires task definition to have execution role ARN to support log driver"
          + " awslogs";
    }
    return Images.inEcr(container.image())
        ? "Fargate requires task definition to have execution role ARN to support ECR images."
        : null;
  }

  private static boolean timely(@Nullable Integer seconds) {
    return ContainerRules.within(seconds, TIMEOUT_SECONDS_MIN, TIMEOUT_SECONDS_MAX);
  }

  private static String unsupported(String member) {
    return "Fargate compatible task definitions do not support " + member;
  }
}
