package dev.roadstead.agent.core;

/// How far a container has come. Only moves up, except that a restart policy holds it at RUNNING.
public enum Status {
  NONE,
  PULLED,
  CREATED,
  RUNNING,
  STOPPED;

  public boolean atLeast(Status other) {
    return compareTo(other) >= 0;
  }
}
