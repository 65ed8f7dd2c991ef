package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.ContainerInstance;

/// Why a container instance cannot take a task.
///
/// @param reason as in `failures[].reason`: `RESOURCE:CPU`, `RESOURCE:MEMORY`, `RESOURCE:PORTS`,
///     `RESOURCE:GPU`, `AGENT`, `ATTRIBUTE`, or a text for constraints. Source: ECS developer guide,
///     "API failure reasons"
/// @param detail what lacked how much, for `failures[].detail`
public record Veto(ContainerInstance instance, String reason, String detail) {}
