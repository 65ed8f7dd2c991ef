package dev.roadstead.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// An agent whose containers start at once: registers, keeps its channel, acknowledges every
/// payload, and reports each task RUNNING, or STOPPED when it is to stop.
final class FakeAgent {
  /// More than any run reserves, in units and MiB: memory and CPU are accounted, not exhausted.
  private static final int PLENTY = 1_000_000_000;

  private final Calls calls;
  private final CallPool pool;
  private final SocketLine channel;
  private long reported;
  private long acknowledged;
  private long refused;
  private int running;
  private boolean vanished;

  private FakeAgent(Reactor reactor, Calls calls, CallPool pool, String path) throws IOException {
    this.calls = calls;
    this.pool = pool;
    channel = new SocketLine(reactor, calls.upgrade(path), this::received);
  }

  /// Registers an instance and opens its channel.
  static FakeAgent start(Reactor reactor, Calls calls, CallPool pool, Wire wire, String cluster)
      throws IOException {
    JsonNode answer = wire.call("RegisterContainerInstance", registration(cluster));
    String arn = answer.path("containerInstance").path("containerInstanceArn").asText();
    JsonNode found =
        wire.call(
            "DiscoverPollEndpoint",
            "{\"cluster\":\"" + cluster + "\",\"containerInstance\":\"" + arn + "\"}");
    String prefix = URI.create(found.path("endpoint").asText()).getPath();
    String path =
        (prefix.endsWith("/") ? prefix : prefix + "/")
            + "ws?agentHash=0&agentVersion=1.105.1&clusterArn="
            + cluster
            + "&containerInstanceArn="
            + URLEncoder.encode(arn, StandardCharsets.UTF_8)
            + "&dockerVersion=DockerVersion%3A%2027.0&protocolVersion=2&seqNum=1"
            + "&sendCredentials=true";
    return new FakeAgent(reactor, calls, pool, path);
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
    return channel.open();
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
    channel.close();
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
