package dev.roadstead.sim;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a run went.
///
/// @param failure what was broken; null when all held
/// @param tail the last things that happened
/// @param hash of everything that happened
/// @param lasted in virtual time
/// @param events things that happened
/// @param commits entries that became durable
/// @param promises tasks run and stops that were acknowledged
/// @param faults that were injected
/// @param converged how long the liveness phase took
public record Outcome(
    long seed,
    @Nullable Throwable failure,
    List<String> tail,
    long hash,
    Duration lasted,
    long events,
    long commits,
    int promises,
    int faults,
    Duration converged) {
  public Outcome {
    tail = List.copyOf(tail);
  }

  public boolean failed() {
    return failure != null;
  }
}
