package dev.roadstead.agent.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.roadstead.agent.core.ContainerState;
import dev.roadstead.agent.core.NodeState;
import dev.roadstead.agent.core.TaskState;
import dev.roadstead.agent.engine.EngineTrouble;
import dev.roadstead.link.task.RoleCredentials;
import dev.roadstead.link.task.Task;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers containers. Paths and shapes as Amazon's agent serves them.
public final class MetadataServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetadataServer.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MetadataAddress address;
  private final Supplier<NodeState> state;
  private final Function<String, @Nullable RoleCredentials> keys;
  private final Documents documents;
  private final ProtectionEndpoint protection;
  private final Rate rate = new Rate();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @param keys finds the keys of a credentials id; null when there are none yet
  public MetadataServer(
      MetadataAddress address,
      Supplier<NodeState> state,
      Function<String, @Nullable RoleCredentials> keys,
      Documents documents,
      Protections protections) {
    this.address = address;
    this.state = state;
    this.keys = keys;
    this.documents = documents;
    this.protection = new ProtectionEndpoint(documents.cluster(), protections, keys);
  }

  public void start() {
    address.server().createContext("/", this::answer);
    address.server().setExecutor(threads);
    address.server().start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<String> path = List.of(exchange.getRequestURI().getPath().substring(1).split("/", -1));
      String kind = path.getFirst();
      if (!rate.admits(exchange.getRemoteAddress().getAddress(), System.nanoTime())) {
        send(exchange, 429, JSON.getNodeFactory().textNode("too many requests"));
      } else if (kind.equals("api") && path.size() > 2) {
        protection(exchange, path);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        send(exchange, 405, JSON.getNodeFactory().textNode("method not allowed"));
      } else if (kind.equals("v2") && path.size() == 3 && path.get(1).equals("credentials")) {
        credentials(exchange, path.get(2));
      } else if (kind.equals("v1") && path.size() == 2 && path.get(1).equals("credentials")) {
        String query = exchange.getRequestURI().getQuery();
        credentials(exchange, query == null ? "" : query.replaceFirst("^id=", ""));
      } else if ((kind.equals("v3") || kind.equals("v4")) && path.size() >= 2) {
        metadata(exchange, kind.equals("v4"), path);
      } else {
        send(exchange, 404, JSON.getNodeFactory().textNode("404 page not found"));
      }
    } catch (RuntimeException e) {
      LOG.error("a metadata request has failed", e);
      throw e;
    }
  }

  private void credentials(HttpExchange exchange, String id) throws IOException {
    RoleCredentials found = keys.apply(id);
    if (found != null) {
      ObjectNode body = JSON.createObjectNode();
      body.put("RoleArn", found.roleArn());
      body.put("AccessKeyId", found.accessKeyId());
      body.put("SecretAccessKey", found.secretAccessKey());
      body.put("Token", found.sessionToken());
      body.put("Expiration", found.expiration());
      send(exchange, 200, body);
      return;
    }
    boolean known =
        state.get().tasks().values().stream().anyMatch(task -> names(task.definition(), id));
    int status = known ? 503 : 400;
    ObjectNode body = JSON.createObjectNode();
    body.put("code", known ? "CredentialsUninitialized" : "InvalidIDInRequest");
    body.put("message", known ? "Credentials uninitialized for ID" : "Invalid ID in request");
    body.put("HTTPErrorCode", status);
    send(exchange, status, body);
  }

  private static boolean names(Task task, String id) {
    RoleCredentials role = task.roleCredentials();
    RoleCredentials execution = task.executionRoleCredentials();
    return (role != null && role.credentialsId().equals(id))
        || (execution != null && execution.credentialsId().equals(id));
  }

  private void protection(HttpExchange exchange, List<String> path) throws IOException {
    String method = exchange.getRequestMethod();
    boolean known = String.join("/", path.subList(2, path.size())).equals(ProtectionEndpoint.PATH);
    TaskState task = known ? task(path.get(1)) : null;
    if (task == null) {
      send(exchange, 404, JSON.getNodeFactory().textNode("404 page not found"));
    } else if (!method.equals("GET") && !method.equals("PUT")) {
      send(exchange, 405, JSON.getNodeFactory().textNode("method not allowed"));
    } else {
      try {
        ProtectionEndpoint.Answer answer =
            method.equals("GET")
                ? protection.get(task)
                : protection.put(
                    task, exchange.getRequestBody().readNBytes(ProtectionEndpoint.BODY_MAX + 1));
        send(exchange, answer.status(), answer.body());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        send(exchange, 500, JSON.getNodeFactory().textNode("the agent stops"));
      }
    }
  }

  private @Nullable TaskState task(String endpointId) {
    for (TaskState task : state.get().tasks().values()) {
      for (ContainerState container : task.containers()) {
        if (!endpointId.isEmpty() && container.endpointId().equals(endpointId)) {
          return task;
        }
      }
    }
    return null;
  }

  private void metadata(HttpExchange exchange, boolean v4, List<String> path) throws IOException {
    String id = path.get(1);
    String rest = String.join("/", path.subList(2, path.size()));
    for (TaskState task : state.get().tasks().values()) {
      for (ContainerState container : task.containers()) {
        if (container.endpointId().equals(id) && !id.isEmpty()) {
          found(exchange, v4, task, container, rest);
          return;
        }
      }
    }
    send(exchange, 404, JSON.getNodeFactory().textNode("unable to find the container"));
  }

  private void found(
      HttpExchange exchange, boolean v4, TaskState task, ContainerState container, String rest)
      throws IOException {
    try {
      JsonNode body =
          switch (rest) {
            case "" -> documents.container(task, container, v4);
            case "task", "taskWithTags" -> documents.task(task, v4);
            case "stats" -> documents.stats(container);
            case "task/stats" -> documents.stats(task);
            default -> null;
          };
      if (body == null) {
        send(exchange, 404, JSON.getNodeFactory().textNode("404 page not found"));
      } else {
        send(exchange, 200, body);
      }
    } catch (EngineTrouble e) {
      send(exchange, 500, JSON.getNodeFactory().textNode(String.valueOf(e.getMessage())));
    }
  }

  private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] json = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, json.length);
    exchange.getResponseBody().write(json);
  }

  @Override
  public void close() {
    address.close();
    threads.shutdownNow();
  }
}
