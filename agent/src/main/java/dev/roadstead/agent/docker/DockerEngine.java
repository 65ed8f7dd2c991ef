package dev.roadstead.agent.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.roadstead.agent.docker.DockerHttp.Bound;
import dev.roadstead.agent.engine.ContainerEngine;
import dev.roadstead.agent.engine.ContainerSpec;
import dev.roadstead.agent.engine.ContainerView;
import dev.roadstead.agent.engine.EngineEvent;
import dev.roadstead.agent.engine.EngineInfo;
import dev.roadstead.agent.engine.EngineTrouble;
import dev.roadstead.agent.engine.EngineTrouble.Kind;
import dev.roadstead.agent.engine.ImageView;
import dev.roadstead.agent.engine.RegistryLogin;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Docker Engine, over its socket.
public final class DockerEngine implements ContainerEngine {
  private final DockerHttp http;
  private final CallLimits limits;
  private final Bound look;

  /// @param host `unix:///var/run/docker.sock` or `tcp://host:port`
  public DockerEngine(URI host) {
    this(host, CallLimits.USUAL);
  }

  public DockerEngine(URI host, CallLimits limits) {
    this.http = new DockerHttp(host);
    this.limits = limits;
    this.look = new Bound("inspecting", limits.inspect());
  }

  @Override
  public void ping() throws EngineTrouble {
    http.get("/version", look);
  }

  @Override
  public EngineInfo info() throws EngineTrouble {
    JsonNode info = http.get("/info", look);
    var drivers = new ArrayList<String>();
    info.path("Plugins").path("Log").forEach(driver -> drivers.add(driver.asText()));
    String gateway = "";
    try {
      JsonNode bridge = http.get("/networks/bridge", look);
      gateway = bridge.path("IPAM").path("Config").path(0).path("Gateway").asText();
    } catch (EngineTrouble e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
    }
    return new EngineInfo(
        info.path("ServerVersion").asText(),
        info.path("NCPU").asInt(),
        info.path("MemTotal").asLong(),
        info.path("CgroupVersion").asInt(),
        info.path("CgroupDriver").asText(),
        drivers,
        gateway);
  }

  @Override
  public @Nullable ImageView image(String name) throws EngineTrouble {
    JsonNode json = getOrNull("/images/" + segments(name) + "/json");
    return json == null ? null : Views.image(json);
  }

  private @Nullable JsonNode getOrNull(String path) throws EngineTrouble {
    try {
      return http.get(path, look);
    } catch (EngineTrouble e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return null;
      }
      throw e;
    }
  }

  /// An image's name keeps its slashes.
  private static String segments(String name) {
    return DockerHttp.encode(name).replace("%2F", "/");
  }

  @Override
  public List<ImageView> images() throws EngineTrouble {
    var images = new ArrayList<ImageView>();
    http.get("/images/json", look).forEach(json -> images.add(Views.image(json)));
    return images;
  }

  @Override
  public void pull(String image, @Nullable RegistryLogin login, Runnable progress)
      throws EngineTrouble {
    String name = image;
    String tag = "latest";
    int at = image.indexOf('@');
    int colon = image.lastIndexOf(':');
    if (at > 0) {
      name = image.substring(0, at);
      tag = image.substring(at + 1);
    } else if (colon > image.lastIndexOf('/')) {
      name = image.substring(0, colon);
      tag = image.substring(colon + 1);
    }
    String path =
        "/images/create?fromImage=" + DockerHttp.encode(name) + "&tag=" + DockerHttp.encode(tag);
    try (DockerHttpClient.Response response = http.open("POST", path, null, auth(login));
        MappingIterator<JsonNode> lines =
            DockerHttp.JSON.readerFor(JsonNode.class).readValues(response.getBody())) {
      while (lines.hasNextValue()) {
        JsonNode line = lines.nextValue();
        if (line.has("error")) {
          throw new EngineTrouble(Kind.REFUSED, line.path("error").asText());
        }
        progress.run();
      }
    } catch (IOException e) {
      throw DockerHttp.unreachable(e);
    }
  }

  private static Map<String, String> auth(@Nullable RegistryLogin login) throws EngineTrouble {
    if (login == null) {
      return Map.of();
    }
    ObjectNode json =
        DockerHttp.JSON
            .createObjectNode()
            .put("username", login.user())
            .put("password", login.password())
            .put("serveraddress", login.server());
    try {
      byte[] bytes = DockerHttp.JSON.writeValueAsBytes(json);
      return Map.of("X-Registry-Auth", Base64.getUrlEncoder().encodeToString(bytes));
    } catch (JsonProcessingException e) {
      throw new EngineTrouble(Kind.REFUSED, "credentials are no text");
    }
  }

  @Override
  public void removeImage(String id) throws EngineTrouble {
    missingIsFine(() -> http.delete("/images/" + segments(id), removal()));
  }

  @Override
  public String create(ContainerSpec spec) throws EngineTrouble {
    String path = "/containers/create?name=" + DockerHttp.encode(spec.name());
    return http.post(path, CreateBody.of(spec), new Bound("created", limits.create()))
        .path("Id")
        .asText();
  }

  @Override
  public void start(String id) throws EngineTrouble {
    http.post(
        "/containers/" + DockerHttp.encode(id) + "/start",
        null,
        new Bound("started", limits.start()));
  }

  @Override
  public void stop(String id, Duration timeout) throws EngineTrouble {
    http.post(
        "/containers/" + DockerHttp.encode(id) + "/stop?t=" + Math.max(1, timeout.toSeconds()),
        null,
        new Bound("stopped", timeout.plus(limits.stopExtra())));
  }

  @Override
  public void remove(String id) throws EngineTrouble {
    String path = "/containers/" + DockerHttp.encode(id) + "?force=true&v=true";
    missingIsFine(() -> http.delete(path, removal()));
  }

  @Override
  public @Nullable ContainerView inspect(String idOrName) throws EngineTrouble {
    JsonNode json = getOrNull("/containers/" + DockerHttp.encode(idOrName) + "/json");
    return json == null ? null : Views.container(json);
  }

  @Override
  public List<String> list(String label) throws EngineTrouble {
    var ids = new ArrayList<String>();
    http.get("/containers/json?all=true&filters=" + filter(label, false), look)
        .forEach(json -> ids.add(json.path("Id").asText()));
    return ids;
  }

  private static String filter(String label, boolean containersOnly) {
    ObjectNode filters = DockerHttp.JSON.createObjectNode();
    filters.putArray("label").add(label);
    if (containersOnly) {
      filters.putArray("type").add("container");
    }
    return DockerHttp.encode(filters.toString());
  }

  @Override
  public JsonNode stats(String id) throws EngineTrouble {
    return http.get(
        "/containers/" + DockerHttp.encode(id) + "/stats?stream=false&one-shot=true", look);
  }

  @Override
  public void createVolume(
      String name, String driver, Map<String, String> options, Map<String, String> labels)
      throws EngineTrouble {
    ObjectNode body = DockerHttp.JSON.createObjectNode().put("Name", name).put("Driver", driver);
    options.forEach(body.putObject("DriverOpts")::put);
    labels.forEach(body.putObject("Labels")::put);
    http.post("/volumes/create", body, new Bound("created", limits.other()));
  }

  @Override
  public void removeVolume(String name) throws EngineTrouble {
    missingIsFine(() -> http.delete("/volumes/" + DockerHttp.encode(name), removal()));
  }

  @Override
  public void events(String label, long sinceNanos, Runnable opened, Consumer<EngineEvent> sink)
      throws EngineTrouble {
    String since =
        sinceNanos == 0
            ? ""
            : "&since=%d.%09d".formatted(sinceNanos / 1_000_000_000L, sinceNanos % 1_000_000_000L);
    String path = "/events?filters=" + filter(label, true) + since;
    try (DockerHttpClient.Response response = http.open("GET", path, null, Map.of())) {
      opened.run(); // Before the parser, which blocks until the first event.
      MappingIterator<JsonNode> lines =
          DockerHttp.JSON.readerFor(JsonNode.class).readValues(response.getBody());
      while (lines.hasNextValue()) {
        sink.accept(event(lines.nextValue()));
      }
    } catch (IOException e) {
      throw DockerHttp.unreachable(e);
    }
  }

  private static EngineEvent event(JsonNode line) {
    JsonNode actor = line.path("Actor");
    return new EngineEvent(
        line.path("Action").asText(),
        actor.path("ID").asText(),
        Views.texts(actor.path("Attributes")),
        line.path("timeNano").asLong());
  }

  private Bound removal() {
    return new Bound("removed", limits.other());
  }

  private interface Call {
    JsonNode run() throws EngineTrouble;
  }

  private static void missingIsFine(Call call) throws EngineTrouble {
    try {
      call.run();
    } catch (EngineTrouble e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
