package dev.roadstead.agent.shell;

import dev.roadstead.link.acs.AcsAgentMessage;
import dev.roadstead.link.api.DiscoverPollEndpointRequest;
import dev.roadstead.link.api.DiscoverPollEndpointResponse;
import dev.roadstead.link.codec.LinkCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the machine registered and an ACS socket open, for as long as the agent lives.
final class AcsLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AcsLink.class);
  private static final Duration PAUSE = Duration.ofMillis(250);

  /// Amazon's agent waits up to 2 minutes; a control plane of one's own is nearer.
  private static final Duration PAUSE_MAX = Duration.ofSeconds(15);

  /// A connection that held this long was healthy: the next failure starts with short waits.
  private static final Duration HEALTHY = Duration.ofSeconds(30);

  /// The wait of an instance that an operator has deregistered. Source: Amazon's agent.
  private static final Duration INACTIVE = Duration.ofHours(1);

  /// What the link is made of.
  record Wires(
      HttpClient http,
      Signing signing,
      ApiClient api,
      Membership membership,
      StateLog log,
      String cluster,
      String engineVersion) {}

  private final Wires wires;
  private final AcsSession session;
  private final CompletableFuture<String> registered;
  private final CompletableFuture<@Nullable Void> connected;
  private final Backoff backoff = new Backoff(PAUSE, PAUSE_MAX, 1.5);
  private @Nullable Thread thread;
  private volatile @Nullable LinkSocket socket;
  private boolean everConnected;

  AcsLink(
      Wires wires,
      AcsSession session,
      CompletableFuture<String> registered,
      CompletableFuture<@Nullable Void> connected) {
    this.wires = wires;
    this.session = session;
    this.registered = registered;
    this.connected = connected;
  }

  void start(StateLog.@Nullable Identity saved) {
    thread = Thread.ofVirtual().name("acs").start(() -> live(saved));
  }

  private void live(StateLog.@Nullable Identity saved) {
    try {
      String arn = register(saved == null ? null : saved.containerInstanceArn());
      while (!Thread.currentThread().isInterrupted()) {
        arn = connectOnce(arn);
        backoff.pause();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String register(@Nullable String saved) throws InterruptedException {
    String arn = wires.membership().register(saved);
    if (!arn.equals(saved)) {
      try {
        wires.log().saveInstance(new StateLog.Identity(wires.cluster(), arn));
      } catch (IOException e) {
        LOG.error("the instance's ARN cannot be saved: {}", e.getMessage());
      }
    }
    LOG.info("registered as {}", arn);
    registered.complete(arn);
    return arn;
  }

  /// One connection from beginning to end; returns the ARN to go on with.
  private String connectOnce(String arn) throws InterruptedException {
    long begun = System.nanoTime();
    try {
      var endpoints =
          wires
              .api()
              .call(
                  "DiscoverPollEndpoint",
                  new DiscoverPollEndpointRequest(wires.cluster(), arn, ""),
                  DiscoverPollEndpointResponse.class);
      String endpoint = endpoints.endpoint();
      if (endpoint == null) {
        throw new ApiTrouble(500, "", "the control plane names no ACS endpoint");
      }
      URI uri = SocketUrl.of(endpoint, query(arn));
      var headers = wires.signing().sign("GET", SocketUrl.http(uri), Map.of(), new byte[0]);
      try (LinkSocket open = LinkSocket.connect(wires.http(), uri, headers)) {
        socket = open;
        everConnected = true;
        connected.complete(null);
        LOG.info("connected to {}", uri.getAuthority());
        session.serve(open);
      } finally {
        socket = null;
      }
      LOG.info("the connection has ended");
    } catch (LinkSocket.Refused e) {
      LOG.warn("the control plane refuses the connection: {}", e.getMessage());
      if (e.names("InactiveInstanceException")) {
        LOG.error("{} was deregistered; trying again in an hour or at the next start", arn);
        Thread.sleep(INACTIVE);
      } else if (e.names("InvalidInstanceException")) {
        return register(arn);
      }
    } catch (ApiTrouble e) {
      LOG.warn("not connected: {}", e.getMessage());
    }
    if (System.nanoTime() - begun > HEALTHY.toNanos()) {
      backoff.reset();
    }
    return arn;
  }

  private Map<String, String> query(String arn) {
    var query = new LinkedHashMap<String, String>();
    query.put("agentHash", Agent.HASH);
    query.put("agentVersion", Agent.VERSION);
    query.put("clusterArn", wires.cluster());
    query.put("containerInstanceArn", arn);
    query.put("dockerVersion", "DockerVersion: " + wires.engineVersion());
    query.put("protocolVersion", "2");
    query.put("seqNum", "1");
    query.put("sendCredentials", String.valueOf(!everConnected));
    return query;
  }

  /// Sends when connected; otherwise drops it, as the control plane repeats what was not
  /// acknowledged.
  void send(AcsAgentMessage message) {
    LinkSocket open = socket;
    if (open == null) {
      return;
    }
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                open.send(LinkCodec.ACS_AGENT.encode(message));
              } catch (ApiTrouble e) {
                LOG.warn("{} is not sent: {}", message.getClass().getSimpleName(), e.getMessage());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
