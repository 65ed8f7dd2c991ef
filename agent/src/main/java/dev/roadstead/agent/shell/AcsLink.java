package dev.roadstead.agent.shell;

import dev.roadstead.link.acs.AcsAgentMessage;
import dev.roadstead.link.api.DiscoverPollEndpointResponse;
import dev.roadstead.link.codec.LinkCodec;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the machine registered and an ACS socket open, for as long as the agent lives.
final class AcsLink implements Redial.Line, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AcsLink.class);

  /// The wait of an instance that an operator has deregistered. Source: Amazon's agent.
  private static final Duration INACTIVE = Duration.ofHours(1);

  /// What the link is made of.
  record Wires(Redial.Wires socket, Membership membership, StateLog log) {}

  private final Wires wires;
  private final AcsSession session;
  private final CompletableFuture<String> registered;
  private final CompletableFuture<@Nullable Void> connected;
  private @Nullable Thread thread;
  private volatile @Nullable LinkSocket socket;
  private volatile String arn = "";
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
      register(saved == null ? null : saved.containerInstanceArn());
      new Redial(wires.socket(), this).live(this::arn);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The instance's ARN; empty before the first registration. A registration anew changes it.
  String arn() {
    return arn;
  }

  private void register(@Nullable String saved) throws InterruptedException {
    String given = wires.membership().register(saved);
    if (!given.equals(saved)) {
      try {
        wires.log().saveInstance(new StateLog.Identity(wires.socket().cluster(), given));
      } catch (IOException e) {
        LOG.error("the instance's ARN cannot be saved: {}", e.getMessage());
      }
    }
    LOG.info("registered as {}", given);
    arn = given;
    registered.complete(given);
  }

  @Override
  public @Nullable String endpoint(DiscoverPollEndpointResponse endpoints) {
    return endpoints.endpoint();
  }

  @Override
  public void serve(LinkSocket open, URI uri, String instanceArn)
      throws ApiTrouble, InterruptedException {
    socket = open;
    try {
      everConnected = true;
      connected.complete(null);
      LOG.info("connected to {}", uri.getAuthority());
      session.serve(open);
    } finally {
      socket = null;
    }
    LOG.info("the connection has ended");
  }

  @Override
  public void refused(LinkSocket.Refused refusal, String instanceArn) throws InterruptedException {
    LOG.warn("the control plane refuses the connection: {}", refusal.getMessage());
    if (refusal.names("InactiveInstanceException")) {
      LOG.error("{} was deregistered; trying again in an hour or at the next start", instanceArn);
      Thread.sleep(INACTIVE);
    } else if (refusal.names("InvalidInstanceException")) {
      register(instanceArn);
    }
  }

  @Override
  public Map<String, String> query(String instanceArn) {
    var query = new LinkedHashMap<String, String>();
    query.put("agentHash", Agent.HASH);
    query.put("agentVersion", Agent.VERSION);
    query.put("clusterArn", wires.socket().cluster());
    query.put("containerInstanceArn", instanceArn);
    query.put("dockerVersion", "DockerVersion: " + wires.socket().engineVersion());
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
