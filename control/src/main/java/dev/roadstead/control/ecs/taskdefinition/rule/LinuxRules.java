package dev.roadstead.control.ecs.taskdefinition.rule;

import static dev.roadstead.control.ecs.taskdefinition.rule.ContainerRules.anyBlank;
import static dev.roadstead.control.ecs.taskdefinition.rule.ContainerRules.invalid;
import static dev.roadstead.control.ecs.taskdefinition.rule.ContainerRules.within;

import dev.roadstead.control.ecs.api.EcsErrors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Device;
import software.amazon.awssdk.services.ecs.model.IpcMode;
import software.amazon.awssdk.services.ecs.model.KernelCapabilities;
import software.amazon.awssdk.services.ecs.model.LinuxParameters;
import software.amazon.awssdk.services.ecs.model.SystemControl;
import software.amazon.awssdk.services.ecs.model.Tmpfs;
import software.amazon.awssdk.services.ecs.model.Ulimit;

/// The rules of limits, kernel settings and Linux parameters. Source: ECS API reference, Ulimit,
/// SystemControl, LinuxParameters and KernelCapabilities.
final class LinuxRules {
  /// Means unlimited.
  private static final int UNLIMITED = -1;

  private static final List<String> IPC_CONTROLS =
      List.of(
          "kernel.msgmax",
          "kernel.msgmnb",
          "kernel.msgmni",
          "kernel.sem",
          "kernel.shmall",
          "kernel.shmmax",
          "kernel.shmmni",
          "kernel.shm_rmid_forced");

  private static final List<String> CAPABILITIES =
      List.of(
          ("ALL AUDIT_CONTROL AUDIT_WRITE BLOCK_SUSPEND CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER"
                  + " FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE"
                  + " MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW SETFCAP SETGID SETPCAP"
                  + " SETUID SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE"
                  + " SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG SYSLOG WAKE_ALARM")
              .split(" "));

  private LinuxRules() {}

  static void check(ContainerDefinition container, Draft draft) {
    for (Ulimit ulimit : container.ulimits()) {
      checkUlimit(ulimit, container);
    }
    for (SystemControl control : container.systemControls()) {
      checkControl(control, container, draft);
    }
    if (container.linuxParameters() != null) {
      checkParameters(container.linuxParameters(), container);
    }
  }

  private static void checkUlimit(Ulimit ulimit, ContainerDefinition container) {
    Integer soft = ulimit.softLimit();
    Integer hard = ulimit.hardLimit();
    if (ulimit.nameAsString() == null || soft == null || hard == null) {
      throw EcsErrors.client(
          "Ulimit.name, Ulimit.softLimit and Ulimit.hardLimit should not be null or empty.");
    }
    if (soft < UNLIMITED || hard < UNLIMITED) {
      throw invalid("ulimits", container);
    }
    if (hard != UNLIMITED && (soft == UNLIMITED || soft > hard)) {
      throw EcsErrors.client(
          "The soft limit of ulimit '"
              + ulimit.nameAsString()
              + "' cannot be greater than its hard limit.");
    }
  }

  private static void checkControl(
      SystemControl control, ContainerDefinition container, Draft draft) {
    String name = control.namespace();
    if (name == null || control.value() == null) {
      throw EcsErrors.client(
          "SystemControl.namespace and SystemControl.value should not be null or empty.");
    }
    boolean network = name.startsWith("net.");
    boolean ipc = IPC_CONTROLS.contains(name) || name.startsWith("fs.mqueue.");
    if (!network && !ipc) {
      throw EcsErrors.client(
          "Invalid systemControls namespace '"
              + name
              + "' for container '"
              + container.name()
              + "'.");
    }
    if (network && draft.host()) {
      throw EcsErrors.client(
          "Network systemControls are not supported on container when networkMode=host");
    }
    if (ipc && draft.request().ipcMode() == IpcMode.HOST) {
      throw EcsErrors.client("IPC systemControls are not supported when ipcMode=host");
    }
  }

  private static void checkParameters(LinuxParameters linux, ContainerDefinition container) {
    if (linux.capabilities() != null) {
      checkCapabilities(linux.capabilities());
    }
    for (Device device : linux.devices()) {
      if (anyBlank(Arrays.asList(device.hostPath()))) {
        throw EcsErrors.client("Device.hostPath should not be null or empty.");
      }
    }
    for (Tmpfs tmpfs : linux.tmpfs()) {
      if (anyBlank(Arrays.asList(tmpfs.containerPath()))) {
        throw EcsErrors.client("Tmpfs.containerPath should not be null or empty.");
      }
      if (tmpfs.size() == null || tmpfs.size() < 1) {
        throw invalid("linuxParameters.tmpfs.size", container);
      }
    }
    if (!within(linux.sharedMemorySize(), 1, Integer.MAX_VALUE)) {
      throw invalid("linuxParameters.sharedMemorySize", container);
    }
    if (!within(linux.maxSwap(), 0, Integer.MAX_VALUE)) {
      throw invalid("linuxParameters.maxSwap", container);
    }
    if (!within(linux.swappiness(), 0, 100)) {
      throw invalid("linuxParameters.swappiness", container);
    }
  }

  private static void checkCapabilities(KernelCapabilities capabilities) {
    Stream.concat(capabilities.add().stream(), capabilities.drop().stream())
        .filter(one -> !CAPABILITIES.contains(one))
        .findFirst()
        .ifPresent(
            one -> {
              throw EcsErrors.client("Invalid Linux capability '" + one + "'.");
            });
  }
}
