package dev.roadstead.agent.core;

/// What Docker's health check says; UNKNOWN while it is starting and when there is none.
public enum Health {
  UNKNOWN,
  HEALTHY,
  UNHEALTHY
}
