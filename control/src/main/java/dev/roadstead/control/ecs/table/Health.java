package dev.roadstead.control.ecs.table;

/// Health of a container or a task. Source: ECS API reference, HealthCheck.
public enum Health {
  UNKNOWN,
  HEALTHY,
  UNHEALTHY
}
