package dev.roadstead.agent.core;

/// What the shell is doing to a container right now. At most one thing at a time.
public enum Op {
  IDLE,
  PULLING,
  /// Create and start, back to back.
  LAUNCHING,
  /// Starting a container that exists already: a restart policy, or a launch that a crash cut off.
  STARTING,
  STOPPING
}
