package dev.roadstead.agent.engine;

import java.util.Map;

/// Something happened to a container.
///
/// @param action in Docker's words: `start`, `die`, `destroy`, `oom`, `health_status: healthy`
/// @param labels of the container, with `name` and other attributes among them
/// @param timeNanos since the epoch, the engine's clock
public record EngineEvent(
    String action, String dockerId, Map<String, String> labels, long timeNanos) {
  public EngineEvent {
    labels = Map.copyOf(labels);
  }
}
