package dev.roadstead.control.ecs.table;

import java.util.List;

/// What a task takes of its container instance, exactly as the agent accounts it.
///
/// @param cpuUnits 1024 per vCPU
/// @param tcpPorts fixed host ports, sorted
/// @param udpPorts fixed host ports, sorted
/// @param gpus how many
public record Reservation(
    int cpuUnits, int memoryMib, List<Integer> tcpPorts, List<Integer> udpPorts, int gpus) {
  public Reservation {
    tcpPorts = tcpPorts == null ? List.of() : tcpPorts.stream().sorted().distinct().toList();
    udpPorts = udpPorts == null ? List.of() : udpPorts.stream().sorted().distinct().toList();
  }
}
