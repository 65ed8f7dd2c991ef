package dev.roadstead.engine.loop;

import dev.roadstead.engine.table.Change;
import java.util.List;

/// What a decision yields: facts for the log, applied together or not at all, and the answer given
/// once they are durable.
public record Outcome<A>(List<Change> changes, A answer) {
  public Outcome {
    changes = List.copyOf(changes);
  }
}
