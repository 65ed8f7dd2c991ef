package dev.roadstead.sim.server;

import dev.roadstead.engine.root.State;
import dev.roadstead.engine.watch.Commit;

/// Sees what becomes durable.
public interface Witness {
  /// An entry is durable.
  ///
  /// @param before the state without it
  void committed(Commit commit, State before, State after);

  /// The process came up and read its disk.
  ///
  /// @param expected what the disk must yield, at the position it was read to
  void recovered(State expected, State found);
}
