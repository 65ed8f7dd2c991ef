package dev.roadstead.control.ecs.taskdefinition;

import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.taskdefinition.rule.Draft;
import dev.roadstead.control.ecs.taskdefinition.rule.Images;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.EFSTransitEncryption;
import software.amazon.awssdk.services.ecs.model.FirelensConfiguration;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.RuntimePlatform;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.Volume;

/// What a container instance must be able to do for the tasks of a definition. Only capabilities
/// that Amazon's agent advertises. Source: ECS developer guide, "Container instance attributes",
/// and answers of RegisterTaskDefinition.
final class RequiredAttributes {
  private static final String OS_TYPE = "ecs.os-type";
  private static final String OS_FAMILY = "ecs.os-family";
  private static final String CPU_ARCHITECTURE = "ecs.cpu-architecture";

  /// Task CPU limits from here on need a newer agent. Source: amazon-ecs-agent, `ecs.capability.
  /// increased-task-cpu-limit` (10 vCPU was the limit before).
  private static final int INCREASED_CPU_UNITS = 10 * 1024;

  private final SortedMap<String, Attribute> attributes = new TreeMap<>();
  private final Draft draft;

  private RequiredAttributes(Draft draft) {
    this.draft = draft;
  }

  /// Sorted by name.
  static List<Attribute> of(Draft draft) {
    RequiredAttributes required = new RequiredAttributes(draft);
    required.task();
    draft.request().volumes().forEach(required::volume);
    draft.containers().forEach(required::container);
    return new ArrayList<>(required.attributes.sequencedValues());
  }

  /// Attributes that place a task but are not shown in `requiresAttributes`.
  static boolean hidden(String name) {
    return name.equals(OS_TYPE) || name.equals(OS_FAMILY) || name.equals(CPU_ARCHITECTURE);
  }

  private void task() {
    if (draft.request().taskRoleArn() != null) {
      amazon(draft.host() ? "task-iam-role-network-host" : "task-iam-role");
    }
    if (draft.awsvpc()) {
      own("task-eni");
    }
    Integer cpu = draft.cpuUnits();
    if (cpu != null || draft.memoryMib() != null) {
      own("task-cpu-mem-limit");
    }
    if (cpu != null && cpu >= INCREASED_CPU_UNITS) {
      own("increased-task-cpu-limit");
    }
    if (draft.request().pidMode() != null || draft.request().ipcMode() != null) {
      own("pid-ipc-namespace-sharing");
    }
    if (draft.request().proxyConfiguration() != null) {
      own("aws-appmesh");
    }
    if (Boolean.TRUE.equals(draft.request().enableFaultInjection())) {
      own("fault-injection");
    }
    platform(draft.request().runtimePlatform());
  }

  private void platform(@Nullable RuntimePlatform platform) {
    if (platform == null) {
      return;
    }
    if (platform.cpuArchitectureAsString() != null) {
      add(CPU_ARCHITECTURE, platform.cpuArchitectureAsString());
    }
    if (platform.operatingSystemFamilyAsString() != null) {
      if (draft.windows()) {
        add(OS_FAMILY, platform.operatingSystemFamilyAsString());
      } else {
        add(OS_TYPE, "linux");
      }
    }
  }

  private void volume(Volume volume) {
    if (volume.dockerVolumeConfiguration() != null
        && volume.dockerVolumeConfiguration().driver() != null) {
      own("docker-plugin." + volume.dockerVolumeConfiguration().driver());
    }
    if (volume.efsVolumeConfiguration() != null) {
      own("efs");
      docker("1.25");
      if (volume.efsVolumeConfiguration().authorizationConfig() != null
          || volume.efsVolumeConfiguration().transitEncryption() == EFSTransitEncryption.ENABLED) {
        own("efsAuth");
      }
    }
    if (volume.fsxWindowsFileServerVolumeConfiguration() != null) {
      own("fsxWindowsFileServer");
    }
    if (volume.s3filesVolumeConfiguration() != null) {
      own("storage.s3-files");
    }
    if (Boolean.TRUE.equals(volume.configuredAtLaunch())) {
      own("storage.ebs-task-volume-attach");
    }
  }

  private void container(ContainerDefinition container) {
    if (Images.inEcr(container.image())) {
      amazon("ecr-auth");
      if (draft.request().executionRoleArn() != null) {
        own("execution-role-ecr-pull");
      }
    }
    if (container.repositoryCredentials() != null) {
      own("private-registry-authentication.secretsmanager");
    }
    if (!container.dockerLabels().isEmpty()
        || !container.ulimits().isEmpty()
        || !container.extraHosts().isEmpty()) {
      docker("1.18");
    }
    if (container.memoryReservation() != null) {
      docker("1.21");
    }
    if (container.linuxParameters() != null
        && Boolean.TRUE.equals(container.linuxParameters().initProcessEnabled())) {
      docker("1.25");
    }
    if (Boolean.TRUE.equals(container.privileged())) {
      amazon("privileged-container");
    }
    logging(container.logConfiguration());
    firelens(container.firelensConfiguration());
    container.secrets().forEach(secret -> secret(secret, "environment-variables"));
    lifecycle(container);
  }

  private void lifecycle(ContainerDefinition container) {
    if (container.healthCheck() != null) {
      own("container-health-check");
      docker("1.24");
      if (container.healthCheck().startPeriod() != null) {
        docker("1.29");
      }
    }
    if (!container.environmentFiles().isEmpty()) {
      own("env-files.s3");
    }
    if (!container.dependsOn().isEmpty()
        || container.startTimeout() != null
        || container.stopTimeout() != null) {
      own("container-ordering");
    }
    if (container.restartPolicy() != null
        && Boolean.TRUE.equals(container.restartPolicy().enabled())) {
      own("container-restart-policy");
    }
    if (container.portMappings().stream().anyMatch(port -> port.containerPortRange() != null)) {
      own("network.container-port-range");
    }
    for (String spec : container.credentialSpecs()) {
      own(spec.startsWith("credentialspecdomainless:") ? "gmsa-domainless" : "gmsa");
    }
  }

  private void logging(@Nullable LogConfiguration log) {
    if (log == null) {
      return;
    }
    amazon("logging-driver." + log.logDriverAsString());
    docker("1.18");
    if (log.logDriver() == LogDriver.AWSLOGS) {
      docker("1.19");
      if (draft.request().executionRoleArn() != null) {
        own("execution-role-awslogs");
      }
    }
    if (log.options().containsKey("log-driver-buffer-limit")) {
      own("logging-driver.awsfirelens.log-driver-buffer-limit");
    }
    log.secretOptions().forEach(secret -> secret(secret, "bootstrap.log-driver"));
  }

  private void firelens(@Nullable FirelensConfiguration firelens) {
    if (firelens == null) {
      return;
    }
    own("firelens." + firelens.typeAsString());
    String config = firelens.options().get("config-file-type");
    if (config != null) {
      own("firelens.options.config." + config);
    }
  }

  private void secret(Secret secret, String use) {
    String store = secret.valueFrom().contains(":secretsmanager:") ? "asm" : "ssm";
    own("secrets." + store + "." + use);
  }

  private void docker(String version) {
    amazon("docker-remote-api." + version);
  }

  private void amazon(String capability) {
    add("com.amazonaws.ecs.capability." + capability, null);
  }

  private void own(String capability) {
    add("ecs.capability." + capability, null);
  }

  private void add(String name, @Nullable String value) {
    attributes.put(name, new Attribute(name, value));
  }
}
