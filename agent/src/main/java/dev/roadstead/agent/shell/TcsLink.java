package dev.roadstead.agent.shell;

import dev.roadstead.agent.core.NodeState;
import dev.roadstead.link.api.DiscoverPollEndpointRequest;
import dev.roadstead.link.api.DiscoverPollEndpointResponse;
import dev.roadstead.link.codec.LinkCodec;
import dev.roadstead.link.codec.TcsFrame;
import dev.roadstead.link.tcs.TcsAgentMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a TCS socket open and tells metrics and health on it: every 20 seconds, and health at
/// once when it changes. What cannot be told is dropped; the next message is newer anyway.
final class TcsLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcsLink.class);
  private static final Duration PERIOD = Duration.ofSeconds(20);
  private static final Duration SILENCE_MAX = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(30);

  /// What the link is made of.
  ///
  /// @param registered the ARN of the instance, once there is one
  record Wires(
      HttpClient http,
      Signing signing,
      ApiClient api,
      String cluster,
      String engineVersion,
      CompletableFuture<String> registered,
      Supplier<NodeState> state) {}

  private final Wires wires;
  private final Telemetry telemetry;
  private final Semaphore changed = new Semaphore(0);
  private @Nullable Thread thread;

  TcsLink(Wires wires, Telemetry telemetry) {
    this.wires = wires;
    this.telemetry = telemetry;
  }

  void start() {
    thread = Thread.ofVirtual().name("tcs").start(this::live);
  }

  /// Health of something changed: tell now.
  void healthChanged() {
    changed.release();
  }

  private void live() {
    var backoff = new Backoff(PAUSE, PAUSE_MAX, 2);
    try {
      String first = wires.registered().join();
      while (!Thread.currentThread().isInterrupted()) {
        long begun = System.nanoTime();
        connectOnce(wires.registered().getNow(first));
        if (System.nanoTime() - begun > PERIOD.toNanos()) {
          backoff.reset();
        }
        backoff.pause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void connectOnce(String arn) throws InterruptedException {
    try {
      var endpoints =
          wires
              .api()
              .call(
                  "DiscoverPollEndpoint",
                  new DiscoverPollEndpointRequest(wires.cluster(), arn, ""),
                  DiscoverPollEndpointResponse.class);
      String endpoint = endpoints.telemetryEndpoint();
      if (endpoint == null) {
        throw new ApiTrouble(500, "", "the control plane names no TCS endpoint");
      }
      URI uri = SocketUrl.of(endpoint, query(arn));
      var headers = wires.signing().sign("GET", SocketUrl.http(uri), Map.of(), new byte[0]);
      try (LinkSocket open = LinkSocket.connect(wires.http(), uri, headers)) {
        Thread teller = Thread.ofVirtual().name("tcs-send").start(() -> tell(open, uri, arn));
        while (open.take(SILENCE_MAX) != null) {
          LOG.trace("acknowledged");
        }
        teller.interrupt();
      }
    } catch (LinkSocket.Refused e) {
      LOG.warn("telemetry is refused: {}", e.getMessage());
    } catch (ApiTrouble e) {
      LOG.debug("telemetry is not connected: {}", e.getMessage());
    }
  }

  private void tell(LinkSocket socket, URI uri, String arn) {
    long nextMetrics = System.nanoTime();
    try {
      while (true) {
        boolean period = System.nanoTime() >= nextMetrics;
        if (period) {
          nextMetrics += PERIOD.toNanos();
          send(socket, uri, telemetry.metrics(wires.cluster(), arn, wires.state().get()));
          send(socket, uri, telemetry.instance(wires.cluster(), arn));
        }
        send(socket, uri, telemetry.health(wires.cluster(), arn, wires.state().get()));
        long wait = Math.max(nextMetrics - System.nanoTime(), 0);
        if (changed.tryAcquire(wait, TimeUnit.NANOSECONDS)) {
          changed.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ApiTrouble e) {
      LOG.debug("telemetry is not told: {}", e.getMessage());
    }
  }

  private void send(LinkSocket socket, URI uri, List<? extends TcsAgentMessage> messages)
      throws ApiTrouble, InterruptedException {
    for (TcsAgentMessage message : messages) {
      String json = LinkCodec.TCS_AGENT.encode(message);
      socket.send(new TcsFrame(wires.signing().signFrame(SocketUrl.http(uri), json), json).text());
    }
  }

  private Map<String, String> query(String arn) {
    var query = new LinkedHashMap<String, String>();
    query.put("agentHash", Agent.HASH);
    query.put("agentVersion", Agent.VERSION);
    query.put("cluster", wires.cluster());
    query.put("containerInstance", arn);
    query.put("dockerVersion", wires.engineVersion());
    return query;
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
