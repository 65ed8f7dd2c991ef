package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.Reservation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one of several equal tasks asks of a container instance.
///
/// @param clusterKey key of the cluster's row
/// @param group the task group: spread and distinctInstance count the tasks of the same one
/// @param capacityProvider only its instances are examined; null for all of the cluster
/// @param external true for launch type EXTERNAL: only instances with `ecs.capability.external`;
///     false for EC2: any instance (on self-owned machines the two are not told apart otherwise)
/// @param requires capability attributes that the task definition needs
/// @param constraints at most 10, from the task definition and the request
/// @param strategies at most 5, in order
public record Demand(
    String clusterKey,
    String group,
    @Nullable String capacityProvider,
    boolean external,
    Reservation reservation,
    List<Attribute> requires,
    List<Constraint> constraints,
    List<Strategy> strategies) {
  public Demand {
    requires = List.copyOf(requires);
    constraints = List.copyOf(constraints);
    strategies = List.copyOf(strategies);
  }

  /// Whether the instance is of the capacity provider that is asked for, if one is.
  boolean admits(ContainerInstance instance) {
    return capacityProvider == null || capacityProvider.equals(instance.capacityProviderName());
  }
}
