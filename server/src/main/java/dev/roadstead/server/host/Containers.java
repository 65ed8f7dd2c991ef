package dev.roadstead.server.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roadstead.agent.shell.AgentId;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The containers that an agent made, told from others by the label that holds the agent's id.
public record Containers(EngineSocket engine) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Removes every container, running or not: for a private engine. Returns how many.
  public int removeAll() throws IOException {
    return remove("{}");
  }

  /// Removes the containers of one agent, running or not. Returns how many.
  public int removeOf(AgentId agent) throws IOException {
    ObjectNode filters = JSON.createObjectNode();
    filters.putArray("label").add(agent.filter());
    return remove(JSON.writeValueAsString(filters));
  }

  private int remove(String filters) throws IOException {
    String list =
        "/containers/json?all=1&filters=" + URLEncoder.encode(filters, StandardCharsets.UTF_8);
    EngineSocket.Answer answer = engine.request("GET", list, null, PATIENCE);
    if (!answer.good()) {
      throw new IOException("the Docker Engine does not list containers: " + answer.body());
    }
    int removed = 0;
    for (JsonNode container : JSON.readTree(answer.body())) {
      String path = "/containers/" + container.path("Id").asText() + "?force=1&v=1";
      int status = engine.request("DELETE", path, null, PATIENCE).status();
      removed += status / 100 == 2 ? 1 : 0;
    }
    return removed;
  }
}
