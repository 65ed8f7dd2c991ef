package dev.roadstead.agent.docker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roadstead.agent.core.Health;
import dev.roadstead.agent.core.Sighting;
import dev.roadstead.agent.engine.ContainerView;
import dev.roadstead.agent.engine.ImageView;
import dev.roadstead.link.api.NetworkBinding;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Docker's JSON as the port's records.
final class Views {
  /// The first lines of a check's output say what is wrong; a reason may have 1024 characters.
  private static final int PROBE_MAX = 512;

  private Views() {}

  static ContainerView container(JsonNode json) {
    JsonNode state = json.path("State");
    String status = state.path("Status").asText();
    boolean running = state.path("Running").asBoolean();
    String id = json.path("Id").asText();
    var condition =
        running
            ? Sighting.Condition.RUNNING
            : status.equals("created") ? Sighting.Condition.CREATED : Sighting.Condition.EXITED;
    boolean exited = condition == Sighting.Condition.EXITED;
    var sighting =
        new Sighting(
            id,
            condition,
            instant(state.path("StartedAt").asText()),
            exited ? instant(state.path("FinishedAt").asText()) : null,
            exited ? state.path("ExitCode").asInt() : null,
            state.path("OOMKilled").asBoolean(),
            health(state.path("Health").path("Status").asText()),
            probe(state.path("Health").path("Log")),
            state.path("Error").asText(),
            bindings(json));
    String name = json.path("Name").asText();
    return new ContainerView(
        id,
        name.startsWith("/") ? name.substring(1) : name,
        texts(json.path("Config").path("Labels")),
        sighting,
        state.path("Pid").asInt(),
        json);
  }

  private static Health health(String status) {
    return switch (status) {
      case "healthy" -> Health.HEALTHY;
      case "unhealthy" -> Health.UNHEALTHY;
      default -> Health.UNKNOWN;
    };
  }

  /// What the newest health check said, if it failed. Docker keeps the last five, oldest first.
  private static @Nullable String probe(JsonNode log) {
    JsonNode last = log.path(log.size() - 1);
    int code = last.path("ExitCode").asInt();
    if (code == 0) {
      return null;
    }
    String output = last.path("Output").asText().strip();
    String said = output.length() <= PROBE_MAX ? output : output.substring(0, PROBE_MAX);
    return "the health check exited with " + code + (said.isEmpty() ? "" : ": " + said);
  }

  /// What was asked to be published; IPv6 twins are left out.
  private static List<NetworkBinding> bindings(JsonNode json) {
    var bindings = new ArrayList<NetworkBinding>();
    for (var entry : json.path("HostConfig").path("PortBindings").properties()) {
      String[] key = entry.getKey().split("/", 2);
      for (JsonNode one : entry.getValue()) {
        String ip = one.path("HostIp").asText();
        String port = one.path("HostPort").asText();
        if (!ip.contains(":") && port.matches("[0-9]{1,5}")) {
          bindings.add(
              new NetworkBinding(
                  ip.isEmpty() ? "0.0.0.0" : ip,
                  Integer.valueOf(key[0]),
                  Integer.valueOf(port),
                  key.length > 1 ? key[1] : "tcp",
                  null,
                  null));
        }
      }
    }
    return bindings;
  }

  static ImageView image(JsonNode json) {
    var tags = new ArrayList<String>();
    json.path("RepoTags").forEach(tag -> tags.add(tag.asText()));
    var env = new ArrayList<String>();
    json.path("Config").path("Env").forEach(one -> env.add(one.asText()));
    String digest = json.path("RepoDigests").path(0).asText();
    int at = digest.indexOf('@');
    JsonNode created = json.path("Created");
    Instant createdAt =
        created.isNumber() ? Instant.ofEpochSecond(created.asLong()) : instant(created.asText());
    return new ImageView(
        json.path("Id").asText(),
        at < 0 ? null : digest.substring(at + 1),
        tags,
        env,
        createdAt == null ? Instant.EPOCH : createdAt);
  }

  static Map<String, String> texts(JsonNode object) {
    var texts = new TreeMap<String, String>();
    object.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }

  /// Cut to milliseconds, as instants are saved. Null for Docker's year 1, which means never.
  static @Nullable Instant instant(String text) {
    if (text.isEmpty() || text.startsWith("0001-")) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
