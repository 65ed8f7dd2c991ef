package dev.roadstead.control.api;

import dev.roadstead.engine.table.Change;
import java.util.List;

/// What an accepted request yields.
public record Decision<O>(List<Change> changes, O answer) {
  public Decision {
    changes = List.copyOf(changes);
  }

  /// Accepted, and nothing had to change.
  public static <O> Decision<O> unchanged(O answer) {
    return new Decision<>(List.of(), answer);
  }
}
