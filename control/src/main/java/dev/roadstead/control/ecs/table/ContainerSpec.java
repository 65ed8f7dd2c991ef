package dev.roadstead.control.ecs.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What decisions need of a container definition; the whole of it is in the task definition's
/// document.
///
/// @param cpuUnits 0 when not given
/// @param memoryMib hard limit; null when none
/// @param memoryReservationMib soft limit; null when none
/// @param checksHealth whether a health check is defined
/// @param gpus how many GPUs it needs
public record ContainerSpec(
    String name,
    String image,
    boolean essential,
    int cpuUnits,
    @Nullable Integer memoryMib,
    @Nullable Integer memoryReservationMib,
    boolean checksHealth,
    List<Port> ports,
    int gpus) {
  public ContainerSpec {
    ports = ports == null ? List.of() : List.copyOf(ports);
  }

  /// A single port mapping (ranges are not here: the agent picks their host ports).
  ///
  /// @param hostPort 0 when the agent picks one; equal to the container port in host mode
  /// @param udp false for TCP
  public record Port(int containerPort, int hostPort, boolean udp) {}
}
