package dev.roadstead.control.node.payload;

import dev.roadstead.link.task.Container;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Device;
import software.amazon.awssdk.services.ecs.model.DeviceCgroupPermission;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.HostEntry;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LinuxParameters;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.SystemControl;
import software.amazon.awssdk.services.ecs.model.Tmpfs;
import software.amazon.awssdk.services.ecs.model.Ulimit;

/// The parts of a container definition that travel as Docker Engine API JSON. Source: Docker Engine
/// API, ContainerConfig and HostConfig; ECS API reference, ContainerDefinition, for what maps to
/// which option of `docker run`.
final class DockerConfigs {
  private static final long MIB = 1024L * 1024L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private DockerConfigs() {}

  /// @param networkMode of the task; null means bridge
  /// @param memoryMib the hard limit that holds for this task; null when none
  /// @param memoryReservationMib the soft limit that holds for this task; null when none
  static Container.@Nullable DockerConfig of(
      ContainerDefinition from,
      @Nullable String networkMode,
      @Nullable Integer memoryMib,
      @Nullable Integer memoryReservationMib) {
    String config = config(from);
    String hostConfig = hostConfig(from, networkMode, memoryMib, memoryReservationMib);
    return config == null && hostConfig == null
        ? null
        : new Container.DockerConfig(null, config, hostConfig);
  }

  private static @Nullable String config(ContainerDefinition from) {
    return new DockerJson()
        .put("User", from.user())
        .put("WorkingDir", from.workingDirectory())
        .put("Hostname", from.hostname())
        .put("Labels", from.dockerLabels())
        .put("Healthcheck", healthCheck(from.healthCheck()))
        .flag("Tty", from.pseudoTerminal())
        .flag("OpenStdin", from.interactive())
        .flag("NetworkDisabled", from.disableNetworking())
        .text();
  }

  private static @Nullable String hostConfig(
      ContainerDefinition from,
      @Nullable String networkMode,
      @Nullable Integer memoryMib,
      @Nullable Integer memoryReservationMib) {
    DockerJson json = new DockerJson();
    boolean own = "host".equals(networkMode) || "none".equals(networkMode);
    json.put("NetworkMode", own ? networkMode : null)
        .put("LogConfig", logConfig(from.logConfiguration()))
        .put("MemoryReservation", memoryReservationMib == null ? null : memoryReservationMib * MIB)
        .flag("Privileged", from.privileged())
        .flag("ReadonlyRootfs", from.readonlyRootFilesystem())
        .put("Ulimits", from.ulimits().stream().map(DockerConfigs::ulimit).toList())
        .put("Sysctls", sysctls(from.systemControls()))
        .put("Dns", from.dnsServers())
        .put("DnsSearch", from.dnsSearchDomains())
        .put("ExtraHosts", from.extraHosts().stream().map(DockerConfigs::extraHost).toList())
        .put("SecurityOpt", from.dockerSecurityOptions());
    if (from.linuxParameters() != null) {
      linux(json, from.linuxParameters(), memoryMib);
    }
    return json.text();
  }

  private static void linux(DockerJson json, LinuxParameters linux, @Nullable Integer memoryMib) {
    if (linux.capabilities() != null) {
      json.put("CapAdd", linux.capabilities().add()).put("CapDrop", linux.capabilities().drop());
    }
    json.put("Devices", linux.devices().stream().map(DockerConfigs::device).toList())
        .flag("Init", linux.initProcessEnabled())
        .put("ShmSize", linux.sharedMemorySize() == null ? null : linux.sharedMemorySize() * MIB)
        .put("Tmpfs", tmpfs(linux.tmpfs()));
    // Docker counts memory and swap together; swappiness means nothing without a limit of swap.
    if (linux.maxSwap() != null && memoryMib != null) {
      json.put("MemorySwap", (memoryMib + (long) linux.maxSwap()) * MIB)
          .put("MemorySwappiness", linux.swappiness());
    }
  }

  private static @Nullable SequencedMap<String, Object> healthCheck(@Nullable HealthCheck check) {
    if (check == null) {
      return null;
    }
    return new DockerJson()
        .put("Test", check.command())
        .put("Interval", nanos(check.interval()))
        .put("Timeout", nanos(check.timeout()))
        .put("StartPeriod", nanos(check.startPeriod()))
        .put("Retries", check.retries())
        .members();
  }

  private static @Nullable Long nanos(@Nullable Integer seconds) {
    return seconds == null ? null : Long.valueOf(seconds * NANOS_PER_SECOND);
  }

  private static @Nullable SequencedMap<String, Object> logConfig(@Nullable LogConfiguration log) {
    if (log == null) {
      return null;
    }
    return new DockerJson()
        .put("Type", log.logDriverAsString())
        .put("Config", log.options())
        .members();
  }

  private static SequencedMap<String, Object> ulimit(Ulimit limit) {
    return new DockerJson()
        .put("Name", limit.nameAsString())
        .put("Soft", limit.softLimit())
        .put("Hard", limit.hardLimit())
        .members();
  }

  private static SequencedMap<String, String> sysctls(List<SystemControl> controls) {
    SequencedMap<String, String> all = new LinkedHashMap<>();
    for (SystemControl one : controls) {
      if (one.namespace() != null && one.value() != null) {
        all.put(one.namespace(), one.value());
      }
    }
    return all;
  }

  private static String extraHost(HostEntry entry) {
    return entry.hostname() + ":" + entry.ipAddress();
  }

  private static SequencedMap<String, Object> device(Device device) {
    StringBuilder permissions = new StringBuilder();
    for (DeviceCgroupPermission one : device.permissions()) {
      switch (one) {
        case READ -> permissions.append('r');
        case WRITE -> permissions.append('w');
        case MKNOD -> permissions.append('m');
        case UNKNOWN_TO_SDK_VERSION -> {
          // Registration lets none of these through.
        }
      }
    }
    return new DockerJson()
        .put("PathOnHost", device.hostPath())
        .put(
            "PathInContainer",
            device.containerPath() == null ? device.hostPath() : device.containerPath())
        .put("CgroupPermissions", permissions.isEmpty() ? "rwm" : permissions.toString())
        .members();
  }

  private static SequencedMap<String, String> tmpfs(List<Tmpfs> mounts) {
    SequencedMap<String, String> all = new LinkedHashMap<>();
    for (Tmpfs one : mounts) {
      List<String> options = new ArrayList<>(one.mountOptions());
      options.add("size=" + one.size() + "m");
      all.put(one.containerPath(), String.join(",", options));
    }
    return all;
  }

  /// Pairs as a map; of two with one name the later counts.
  static SequencedMap<String, String> environment(List<KeyValuePair> pairs) {
    SequencedMap<String, String> all = new LinkedHashMap<>();
    for (KeyValuePair one : pairs) {
      if (one.name() != null) {
        all.put(one.name(), one.value() == null ? "" : one.value());
      }
    }
    return all;
  }
}
