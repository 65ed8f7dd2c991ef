package dev.roadstead.agent.shell;

import dev.roadstead.agent.core.NodeState;
import dev.roadstead.link.api.DiscoverPollEndpointResponse;
import dev.roadstead.link.codec.LinkCodec;
import dev.roadstead.link.codec.TcsFrame;
import dev.roadstead.link.tcs.TcsAgentMessage;
import java.net.URI;
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
final class TcsLink implements Redial.Line, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcsLink.class);
  private static final Duration PERIOD = Duration.ofSeconds(20);
  private static final Duration SILENCE_MAX = Duration.ofSeconds(90);

  private final Redial.Wires wires;
  private final CompletableFuture<String> registered;
  private final Supplier<String> instanceArn;
  private final Telemetry telemetry;
  private final Supplier<NodeState> state;
  private final Semaphore changed = new Semaphore(0);
  private @Nullable Thread thread;

  /// @param registered done once there is an instance
  /// @param instanceArn its ARN then, which may change
  TcsLink(
      Redial.Wires wires,
      CompletableFuture<String> registered,
      Supplier<String> instanceArn,
      Telemetry telemetry,
      Supplier<NodeState> state) {
    this.wires = wires;
    this.registered = registered;
    this.instanceArn = instanceArn;
    this.telemetry = telemetry;
    this.state = state;
  }

  void start() {
    thread = Thread.ofVirtual().name("tcs").start(this::live);
  }

  /// Health of something changed: tell now.
  void healthChanged() {
    changed.release();
  }

  private void live() {
    try {
      registered.join();
      new Redial(wires, this).live(instanceArn);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public @Nullable String endpoint(DiscoverPollEndpointResponse endpoints) {
    return endpoints.telemetryEndpoint();
  }

  @Override
  public void serve(LinkSocket socket, URI uri, String arn) throws InterruptedException {
    Thread teller = Thread.ofVirtual().name("tcs-send").start(() -> tell(socket, uri, arn));
    try {
      while (socket.take(SILENCE_MAX) != null) {
        LOG.trace("acknowledged");
      }
    } finally {
      teller.interrupt();
    }
  }

  @Override
  public void refused(LinkSocket.Refused refusal, String arn) {
    LOG.warn("telemetry is refused: {}", refusal.getMessage());
  }

  private void tell(LinkSocket socket, URI uri, String arn) {
    long nextMetrics = System.nanoTime();
    try {
      while (true) {
        boolean period = System.nanoTime() >= nextMetrics;
        if (period) {
          nextMetrics += PERIOD.toNanos();
          send(socket, uri, telemetry.metrics(wires.cluster(), arn, state.get()));
          send(socket, uri, telemetry.instance(wires.cluster(), arn));
        }
        send(socket, uri, telemetry.health(wires.cluster(), arn, state.get()));
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

  @Override
  public Map<String, String> query(String arn) {
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
