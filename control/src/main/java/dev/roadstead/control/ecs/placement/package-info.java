/// Chooses container instances for tasks. Pure: state and demand in, choices and vetoes out.
/// Used by RunTask, StartTask and the service controller.
/// Units: CPU in ECS CPU units (1024 per vCPU), memory in MiB.
/// Start at {@link dev.roadstead.control.ecs.placement.Demand}.
@NullMarked
package dev.roadstead.control.ecs.placement;

import org.jspecify.annotations.NullMarked;
