package dev.roadstead.agent.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roadstead.agent.core.Sighting;
import java.util.Map;

/// A container as inspected.
///
/// @param pid of its first process on the host; 0 when it does not run
/// @param raw all that the engine says, in Docker's JSON
public record ContainerView(
    String id, String name, Map<String, String> labels, Sighting sighting, int pid, JsonNode raw) {
  public ContainerView {
    labels = Map.copyOf(labels);
  }
}
