package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.ContainerInstance;
import java.util.List;

/// What placement yields.
///
/// @param chosen an instance for each task that could be placed, in order
/// @param vetoes when fewer were placed than asked: why each examined instance could not take the
///     next one; empty when all were placed, or when the cluster has no instance
public record Choice(List<ContainerInstance> chosen, List<Veto> vetoes) {
  public Choice {
    chosen = List.copyOf(chosen);
    vetoes = List.copyOf(vetoes);
  }
}
