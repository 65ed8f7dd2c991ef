package dev.roadstead.agent.core;

/// How far a task has come, in the words of its reports. Only moves up.
public enum TaskStatus {
  /// Nothing was reported yet.
  NONE,
  PENDING,
  RUNNING,
  STOPPED
}
