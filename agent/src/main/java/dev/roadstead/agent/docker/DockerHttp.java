package dev.roadstead.agent.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.roadstead.agent.engine.EngineTrouble;
import dev.roadstead.agent.engine.EngineTrouble.Kind;
import dev.roadstead.base.Bug;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Calls of the Docker Engine API as JSON trees.
final class DockerHttp implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  /// Oldest API level of Docker 20.10, which all newer engines up to 28 still serve.
  private static final String VERSION = "/v1.41";

  /// Streams (events, pulls, stops) and calls side by side; each waits for the engine, not for us.
  private static final int CONNECTIONS_MAX = 256;

  /// An inspect answer has some 10 KB, a list of a thousand images below 1 MB.
  private static final int ANSWER_BYTES_MAX = 32 * 1024 * 1024;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final DockerHttpClient client;

  DockerHttp(URI host) {
    this.client =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(host)
            .maxConnections(CONNECTIONS_MAX)
            .connectionTimeout(CONNECT_TIMEOUT)
            .build();
  }

  /// A bound on a call.
  ///
  /// @param goal what the call is to reach, as Amazon's agent names it: `created`, `started`
  record Bound(String goal, Duration time) {}

  JsonNode get(String path, Bound bound) throws EngineTrouble {
    return call("GET", path, null, bound);
  }

  JsonNode post(String path, @Nullable JsonNode body, Bound bound) throws EngineTrouble {
    return call("POST", path, body, bound);
  }

  JsonNode delete(String path, Bound bound) throws EngineTrouble {
    return call("DELETE", path, null, bound);
  }

  /// Runs the exchange apart, so that the caller comes back in time whatever the engine does.
  private JsonNode call(String method, String path, @Nullable JsonNode body, Bound bound)
      throws EngineTrouble {
    var task = new FutureTask<>(() -> exchange(method, path, body));
    Thread.ofVirtual().name("docker-call").start(task);
    try {
      return task.get(bound.time().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      task.cancel(true); // The interrupt closes the connection.
      throw new EngineTrouble(
          Kind.TIMEOUT,
          "Could not transition to "
              + bound.goal()
              + "; timed out after waiting "
              + CallLimits.text(bound.time()));
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new EngineTrouble(Kind.UNREACHABLE, "the call was interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof EngineTrouble trouble) {
        throw new EngineTrouble(trouble.kind(), String.valueOf(trouble.getMessage()));
      }
      throw new Bug("a call of the engine has failed", e);
    }
  }

  private JsonNode exchange(String method, String path, @Nullable JsonNode body)
      throws EngineTrouble {
    try (DockerHttpClient.Response response = open(method, path, body, Map.of())) {
      byte[] answer = response.getBody().readNBytes(ANSWER_BYTES_MAX);
      return answer.length == 0 ? MissingNode.getInstance() : parse(answer);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  /// Opens a stream; the caller closes it.
  DockerHttpClient.Response open(
      String method, String path, @Nullable JsonNode body, Map<String, String> headers)
      throws EngineTrouble {
    var all = new TreeMap<>(headers);
    var request = DockerHttpClient.Request.builder().path(VERSION + path).method(method);
    if (body != null) {
      try {
        request.body(new ByteArrayInputStream(JSON.writeValueAsBytes(body)));
        all.put("Content-Type", "application/json");
      } catch (JsonProcessingException e) {
        throw new EngineTrouble(Kind.REFUSED, "request is no JSON");
      }
    }
    request.putAllHeaders(all);
    DockerHttpClient.Response response;
    try {
      response = client.execute(request.build());
    } catch (RuntimeException e) {
      throw unreachable(e);
    }
    int status = response.getStatusCode();
    if (status < 400) {
      return response;
    }
    try (response) {
      throw refused(status, response.getBody());
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private static EngineTrouble refused(int status, InputStream body) throws IOException {
    byte[] answer = body.readNBytes(ANSWER_BYTES_MAX);
    String text = new String(answer, StandardCharsets.UTF_8).strip();
    if (text.startsWith("{")) {
      text = parse(answer).path("message").asText(text);
    }
    Kind kind =
        switch (status) {
          case 404 -> Kind.NOT_FOUND;
          case 409 -> Kind.CONFLICT;
          default -> goingDown(text) ? Kind.UNREACHABLE : Kind.REFUSED;
        };
    String said = text.isEmpty() ? "status " + status : text;
    return new EngineTrouble(kind, "Error response from daemon: " + said);
  }

  /// True of what an engine says while it ends, or while its containerd is away.
  private static boolean goingDown(String text) {
    return text.contains("containerd.sock")
        || text.contains("transport is closing")
        || text.contains("ttrpc: closed")
        || text.contains("grpc: the client connection is closing");
  }

  static JsonNode parse(byte[] json) throws IOException {
    return JSON.readTree(json);
  }

  static EngineTrouble unreachable(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    Kind kind = cause instanceof SocketTimeoutException ? Kind.TIMEOUT : Kind.UNREACHABLE;
    String message = cause.getMessage();
    return new EngineTrouble(
        kind,
        "Cannot connect to the Docker daemon: "
            + (message == null ? cause.getClass().getSimpleName() : message));
  }

  /// Text made fit for a path segment or a query value.
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
