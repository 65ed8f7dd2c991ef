package dev.roadstead.agent.core;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;

/// What the core must know of its configuration and its host.
///
/// @param cpuUnits of the host, 1024 per core
/// @param memoryMib of the host, less what is reserved
/// @param reservedPorts each as `22/tcp`
/// @param gpuIds of the host's GPUs
/// @param stopTimeout between SIGTERM and SIGKILL, where a container does not say
/// @param cleanupWait between a task's end and the removal of its containers
/// @param stoppedTasksMax stopped tasks kept at most; older ones are cleaned up before their time
/// @param reportDelay how long a container's change waits for company before it travels
@RecordBuilder
public record NodeSettings(
    String cluster,
    int cpuUnits,
    int memoryMib,
    List<String> reservedPorts,
    List<String> gpuIds,
    Duration stopTimeout,
    Duration cleanupWait,
    int stoppedTasksMax,
    Duration reportDelay) {
  public NodeSettings {
    reservedPorts = List.copyOf(reservedPorts);
    gpuIds = List.copyOf(gpuIds);
  }
}
