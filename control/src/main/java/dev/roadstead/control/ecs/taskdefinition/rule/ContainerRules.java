package dev.roadstead.control.ecs.taskdefinition.rule;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.wire.api.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.MountPoint;
import software.amazon.awssdk.services.ecs.model.VolumeFrom;

/// The rules of a container's sizes, names, mounts and network members.
final class ContainerRules {
  private ContainerRules() {}

  static void check(ContainerDefinition container, Draft draft) {
    checkSizes(container, draft);
    checkNetwork(container, draft);
    checkLinks(container, draft);
    checkEnvironment(container);
    for (MountPoint mount : container.mountPoints()) {
      checkMount(mount, container, draft);
    }
    for (VolumeFrom from : container.volumesFrom()) {
      checkVolumesFrom(from, container, draft);
    }
    Timeouts.check(container.startTimeout(), "startTimeout", container);
    Timeouts.check(container.stopTimeout(), "stopTimeout", container);
  }

  /// The refusal of a member's value.
  static Refusal invalid(String member, ContainerDefinition container) {
    return EcsErrors.client(
        "Invalid '" + member + "' setting for container '" + container.name() + "'.");
  }

  private static void checkSizes(ContainerDefinition container, Draft draft) {
    Integer hard = container.memory();
    Integer soft = container.memoryReservation();
    Integer task = draft.memoryMib();
    if (container.cpu() != null && container.cpu() < 0) {
      throw invalid("cpu", container);
    }
    if (hard == null && soft == null && task == null) {
      throw EcsErrors.client(
          "Invalid setting for container '"
              + container.name()
              + "'. At least one of 'memory' or 'memoryReservation' must be specified.");
    }
    if (hard != null && hard < TaskRules.MEMORY_MIB_MIN) {
      throw invalid("memory", container);
    }
    if (soft != null && soft < TaskRules.MEMORY_MIB_MIN) {
      throw invalid("memoryReservation", container);
    }
    if (hard != null && soft != null && hard < soft) {
      throw EcsErrors.client("'memory' must be greater than or equal to 'memoryReservation'");
    }
    if (task != null && hard != null && hard > task) {
      throw EcsErrors.client(
          "The 'memory' setting for container '"
              + container.name()
              + "' is greater than for the task");
    }
  }

  private static void checkNetwork(ContainerDefinition container, Draft draft) {
    if (!draft.awsvpc()) {
      return;
    }
    refuseInAwsvpc("DNS servers are", !container.dnsServers().isEmpty());
    refuseInAwsvpc("DNS search domains are", !container.dnsSearchDomains().isEmpty());
    refuseInAwsvpc("Extra hosts are", !container.extraHosts().isEmpty());
    refuseInAwsvpc("Hostname is", container.hostname() != null && !container.hostname().isEmpty());
    refuseInAwsvpc("Links are", !container.links().isEmpty());
    refuseInAwsvpc("Disable Networking is", Boolean.TRUE.equals(container.disableNetworking()));
  }

  private static void refuseInAwsvpc(String what, boolean used) {
    if (used) {
      throw EcsErrors.client(what + " not supported on container when networkMode=awsvpc");
    }
  }

  private static void checkLinks(ContainerDefinition container, Draft draft) {
    if (!container.links().isEmpty() && !draft.bridge()) {
      throw EcsErrors.client(
          "Links are not supported on container when networkMode="
              + draft.request().networkModeAsString());
    }
    for (String link : container.links()) {
      String[] parts = link.split(":", -1);
      if (parts.length > 2 || parts[parts.length - 1].isEmpty()) {
        throw EcsErrors.client("Invalid link '" + link + "'.");
      }
      if (parts[0].equals(container.name()) || draft.container(parts[0]) == null) {
        throw EcsErrors.client(
            "Cannot link to container " + parts[0] + " because it does not exist");
      }
    }
  }

  private static void checkEnvironment(ContainerDefinition container) {
    for (KeyValuePair variable : container.environment()) {
      if (variable.name() == null || variable.name().isEmpty()) {
        throw EcsErrors.client("Environment variable name should not be null or empty.");
      }
    }
  }

  private static void checkMount(MountPoint mount, ContainerDefinition container, Draft draft) {
    String source = mount.sourceVolume();
    if (source == null
        || draft.request().volumes().stream().noneMatch(one -> source.equals(one.name()))) {
      throw EcsErrors.client("Unknown volume '" + source + "'.");
    }
    if (mount.containerPath() == null || mount.containerPath().isEmpty()) {
      throw invalid("mountPoints.containerPath", container);
    }
    Set<String> paths = new HashSet<>();
    for (MountPoint one : container.mountPoints()) {
      if (one.containerPath() != null && !paths.add(one.containerPath())) {
        throw EcsErrors.client(
            "Duplicate mount point '"
                + one.containerPath()
                + "' in container '"
                + container.name()
                + "'.");
      }
    }
  }

  private static void checkVolumesFrom(
      VolumeFrom from, ContainerDefinition container, Draft draft) {
    String source = from.sourceContainer();
    if (source == null || source.equals(container.name()) || draft.container(source) == null) {
      throw EcsErrors.client(
          "Cannot mount volumes from container " + source + " because it does not exist");
    }
  }

  /// Limits of a number, both inclusive; null is no number and fits.
  static boolean within(@Nullable Integer value, int least, int most) {
    return value == null || (value >= least && value <= most);
  }

  /// Whether any of the texts is null or empty.
  static boolean anyBlank(List<@Nullable String> texts) {
    return texts.stream().anyMatch(text -> text == null || text.isEmpty());
  }

  /// Timeouts of starting and stopping.
  private static final class Timeouts {
    /// A day: longer is surely a mistake.
    private static final int SECONDS_MAX = 86_400;

    private Timeouts() {}

    static void check(@Nullable Integer seconds, String member, ContainerDefinition container) {
      if (!within(seconds, 0, SECONDS_MAX)) {
        throw invalid(member, container);
      }
    }
  }
}
