package dev.roadstead.sim.server;

/// A defect that is planted to see whether the simulator finds it.
public enum Plant {
  NONE,
  /// The disk says that it has written what it has not.
  SKIPPED_FSYNC,
  /// Callers are answered before the entry is durable.
  HASTY_ANSWER,
  /// The end of an agent's connection is not written down.
  FORGOTTEN_MACHINE
}
