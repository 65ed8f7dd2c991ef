package dev.roadstead.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// An agent whose containers start at once: registers, keeps its channel, acknowledges every
/// payload, and reports each task RUNNING, or STOPPED when it is to stop.
final class FakeAgent {
  /// More than any run reserves, in units and MiB: memory and CPU are accounted, not exhausted.
  private static final int PLENTY = 1_000_000_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Calls calls;
  private final CallPool pool;
  private final Reactor reactor;
  private @Nullable SocketLine channel;
  private long reported;
  private long acknowledged;
  private long refused;
  private int running;
  private boolean vanished;

  private FakeAgent(Reactor reactor, Calls calls, CallPool pool) {
    this.reactor = reactor;
    this.calls = calls;
    this.pool = pool;
  }

  /// Registers an instance and opens its channel.
  static FakeAgent start(Reactor reactor, Calls calls, CallPool pool, Wire wire, String cluster)
      throws IOException {
    FakeAgent agent = new FakeAgent(reactor, calls, pool);
    String arn = arn(wire.call("RegisterContainerInstance", registration(cluster)));
    agent.open(cluster, arn, wire.call("DiscoverPollEndpoint", discovery(cluster, arn)));
    return agent;
  }

  /// Begins to register an instance; its channel is open some time later.
  static FakeAgent join(Reactor reactor, Calls calls, CallPool pool, String cluster)
      throws IOException {
    FakeAgent agent = new FakeAgent(reactor, calls, pool);
    pool.call(
        calls.call("RegisterContainerInstance", registration(cluster)),
        (status, body) -> {
          String arn = arn(read(status, body));
          pool.call(
              calls.call("DiscoverPollEndpoint", discovery(cluster, arn)),
              (code, found) -> agent.open(cluster, arn, read(code, found)));
        });
    return agent;
  }

  private static JsonNode read(int status, ByteBuffer body) throws IOException {
    byte[] bytes = new byte[body.remaining()];
    body.get(bytes);
    if (status != 200) {
      throw new IOException(
          "an agent is refused: " + status + " " + new String(bytes, StandardCharsets.UTF_8));
    }
    return JSON.readTree(bytes);
  }

  private static String arn(JsonNode registered) {
    return registered.path("containerInstance").path("containerInstanceArn").asText();
  }

  private static String discovery(String cluster, String arn) {
    return "{\"cluster\":\"" + cluster + "\",\"containerInstance\":\"" + arn + "\"}";
  }

  private void open(String cluster, String arn, JsonNode found) throws IOException {
    String prefix = URI.create(found.path("endpoint").asText()).getPath();
    String path =
        (prefix.endsWith("/") ? prefix : prefix + "/")
            + "ws?agentHash=0&agentVersion=1.105.1&clusterArn="
            + cluster
            + "&containerInstanceArn="
            + URLEncoder.encode(arn, StandardCharsets.UTF_8)
            + "&dockerVersion=DockerVersion%3A%2027.0&protocolVersion=2&seqNum=1"
            + "&sendCredentials=true";
    channel = new SocketLine(reactor, calls.upgrade(path), this::received);
  }

  private static String registration(String cluster) {
    return "{\"cluster\":\""
        + cluster
        + "\",\"attributes\":["
        + "{\"name\":\"com.amazonaws.ecs.capability.logging-driver.json-file\"},"
        + "{\"name\":\"com.amazonaws.ecs.capability.docker-remote-api.1.18\"},"
        + "{\"name\":\"com.amazonaws.ecs.capability.docker-remote-api.1.21\"},"
        + "{\"name\":\"ecs.capability.container-ordering\"},"
        + "{\"name\":\"ecs.capability.task-cpu-mem-limit\"},"
        + "{\"name\":\"ecs.os-type\",\"value\":\"linux\"}],\"totalResources\":["
        + "{\"name\":\"CPU\",\"type\":\"INTEGER\",\"integerValue\":"
        + PLENTY
        + "},{\"name\":\"MEMORY\",\"type\":\"INTEGER\",\"integerValue\":"
        + PLENTY
        + "},{\"name\":\"PORTS\",\"type\":\"STRINGSET\",\"stringSetValue\":[\"22\"]},"
        + "{\"name\":\"PORTS_UDP\",\"type\":\"STRINGSET\",\"stringSetValue\":[]}]}";
  }

  boolean open() {
    return channel != null && channel.open();
  }

  /// State changes that the control plane has acknowledged.
  long reported() {
    return reported;
  }

  long acknowledged() {
    return acknowledged;
  }

  /// State changes that it has refused.
  long refused() {
    return refused;
  }

  /// Tasks that run here as far as the control plane knows.
  int running() {
    return running;
  }

  /// The machine is gone: nothing is said or heard any more.
  void vanish() throws IOException {
    vanished = true;
    if (channel != null) {
      channel.close();
    }
  }

  private void received(byte[] bytes, int offset, int length) throws IOException {
    Order order = Order.read(bytes, offset, length);
    if (order.type.equals("HeartbeatMessage")) {
      say("HeartbeatAckRequest", "{\"messageId\":\"" + order.messageId + "\"}");
    } else if (!order.messageId.isEmpty() && !order.instance.isEmpty()) {
      acknowledged++;
      say(
          "AckRequest",
          "{\"cluster\":\""
              + order.cluster
              + "\",\"containerInstance\":\""
              + order.instance
              + "\",\"messageId\":\""
              + order.messageId
              + "\"}");
      if (order.type.equals("PayloadMessage")) {
        for (Order.Work work : order.tasks) {
          int more = work.desiredStatus.equals("STOPPED") ? -1 : 1;
          pool.call(
              calls.call("SubmitTaskStateChange", report(order.cluster, work)),
              (status, _) -> answered(status, more));
        }
      }
    }
  }

  private void say(String type, String message) throws IOException {
    if (channel == null) {
      throw new IOException("a message before there is a channel");
    }
    String envelope = "{\"type\":\"" + type + "\",\"message\":" + message + "}";
    channel.text(envelope.getBytes(StandardCharsets.UTF_8));
  }

  private void answered(int status, int more) {
    if (status == 200) {
      reported++;
      running += vanished ? 0 : more;
    } else {
      refused++;
    }
  }

  private static String report(String cluster, Order.Work work) {
    boolean stop = work.desiredStatus.equals("STOPPED");
    String status = stop ? "STOPPED" : "RUNNING";
    String seconds = Long.toString(System.currentTimeMillis() / 1000);
    StringBuilder text = new StringBuilder(512);
    text.append("{\"cluster\":\"").append(cluster);
    text.append("\",\"task\":\"").append(work.arn);
    text.append("\",\"status\":\"").append(status);
    text.append("\",\"pullStartedAt\":").append(seconds);
    text.append(",\"pullStoppedAt\":").append(seconds).append(",\"containers\":[");
    for (int i = 0; i < work.containers.size(); i++) {
      text.append(i == 0 ? "" : ",").append("{\"containerName\":\"");
      text.append(work.containers.get(i)).append("\",\"status\":\"").append(status);
      text.append(stop ? "\",\"exitCode\":0" : "\",\"runtimeId\":\"");
      text.append(stop ? "" : "0".repeat(64) + "\"").append('}');
    }
    return text.append("]}").toString();
  }
}
