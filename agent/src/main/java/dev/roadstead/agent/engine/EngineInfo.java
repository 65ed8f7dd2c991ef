package dev.roadstead.agent.engine;

import java.util.List;

/// What the engine says of itself and its host.
///
/// @param cgroupVersion 1 or 2; 0 when unknown
/// @param cgroupDriver `cgroupfs` or `systemd`
/// @param bridgeGateway address of the host on the default bridge; empty when there is none
public record EngineInfo(
    String version,
    int cpus,
    long memoryBytes,
    int cgroupVersion,
    String cgroupDriver,
    List<String> logDrivers,
    String bridgeGateway) {
  public EngineInfo {
    logDrivers = List.copyOf(logDrivers);
  }
}
