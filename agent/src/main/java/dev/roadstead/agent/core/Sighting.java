package dev.roadstead.agent.core;

import dev.roadstead.link.api.NetworkBinding;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A container as the engine showed it.
///
/// @param startedAt the engine's own start time: tells one run of a container from the next
/// @param exitCode null unless it has exited
/// @param oomKilled the kernel killed a process of it for memory; judge together with the exit code
/// @param probe what the newest health check said, if it failed; null otherwise
/// @param error the engine's own words about a failed start; null or empty when there are none
@RecordBuilder
public record Sighting(
    String dockerId,
    Condition condition,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Integer exitCode,
    boolean oomKilled,
    Health health,
    @Nullable String probe,
    @Nullable String error,
    List<NetworkBinding> bindings) {
  /// What the engine says of a container.
  public enum Condition {
    CREATED,
    RUNNING,
    EXITED,
    MISSING
  }

  public Sighting {
    bindings = List.copyOf(bindings);
  }

  /// Nothing is known of a health check.
  public Sighting(
      String dockerId,
      Condition condition,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable Integer exitCode,
      boolean oomKilled,
      Health health,
      @Nullable String error,
      List<NetworkBinding> bindings) {
    this(
        dockerId,
        condition,
        startedAt,
        finishedAt,
        exitCode,
        oomKilled,
        health,
        null,
        error,
        bindings);
  }

  public static Sighting missing(String dockerId) {
    return new Sighting(
        dockerId, Condition.MISSING, null, null, null, false, Health.UNKNOWN, null, List.of());
  }
}
