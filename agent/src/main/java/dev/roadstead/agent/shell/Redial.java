package dev.roadstead.agent.shell;

import dev.roadstead.link.api.DiscoverPollEndpointRequest;
import dev.roadstead.link.api.DiscoverPollEndpointResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens a websocket to the control plane again and again, for as long as its thread lives: asks
/// where to connect, signs, connects, lets a line serve the socket, waits a little.
final class Redial {
  private static final Logger LOG = LoggerFactory.getLogger(Redial.class);

  /// A connection that held this long was healthy: the next wait is short again.
  private static final Duration HEALTHY = Duration.ofSeconds(5);

  /// What every line is made of.
  record Wires(
      HttpClient http, Signing signing, ApiClient api, String cluster, String engineVersion) {}

  /// What is particular to ACS or TCS.
  interface Line {
    /// Of the endpoints the control plane names, the one to connect to; null when it names none.
    @Nullable String endpoint(DiscoverPollEndpointResponse endpoints);

    /// The query of the websocket's URL.
    Map<String, String> query(String instanceArn);

    /// Returns when the socket is closed or silent.
    void serve(LinkSocket socket, URI uri, String instanceArn)
        throws ApiTrouble, InterruptedException;

    /// The control plane has answered the upgrade otherwise.
    void refused(LinkSocket.Refused refusal, String instanceArn) throws InterruptedException;
  }

  private final Wires wires;
  private final Line line;
  private final Backoff backoff = Backoff.dialling();

  Redial(Wires wires, Line line) {
    this.wires = wires;
    this.line = line;
  }

  /// Goes on until the thread is interrupted.
  ///
  /// @param instanceArn asked before each connection
  void live(Supplier<String> instanceArn) throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      String arn = instanceArn.get();
      long begun = System.nanoTime();
      try {
        once(arn);
      } catch (LinkSocket.Refused e) {
        line.refused(e, arn);
      } catch (ApiTrouble e) {
        LOG.warn("not connected: {}", e.getMessage());
      }
      if (System.nanoTime() - begun > HEALTHY.toNanos()) {
        backoff.reset();
      }
      backoff.pause();
    }
  }

  /// One connection from beginning to end.
  private void once(String arn) throws LinkSocket.Refused, ApiTrouble, InterruptedException {
    var request = new DiscoverPollEndpointRequest(wires.cluster(), arn, "");
    var endpoints =
        wires.api().call("DiscoverPollEndpoint", request, DiscoverPollEndpointResponse.class);
    String endpoint = line.endpoint(endpoints);
    if (endpoint == null) {
      throw new ApiTrouble(500, "", "the control plane names no endpoint");
    }
    URI uri = SocketUrl.of(endpoint, line.query(arn));
    var headers = wires.signing().sign("GET", SocketUrl.http(uri), Map.of(), new byte[0]);
    try (LinkSocket open = LinkSocket.connect(wires.http(), uri, headers)) {
      line.serve(open, uri, arn);
    }
  }
}
