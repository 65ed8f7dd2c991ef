package dev.roadstead.wire.http;

import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.api.Caller;
import dev.roadstead.wire.api.Refusal;
import dev.roadstead.wire.api.Sockets;
import dev.roadstead.wire.sigv4.Identity;
import dev.roadstead.wire.sigv4.Query;
import dev.roadstead.wire.sigv4.SignedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Websocket upgrades: `GET PREFIX/ws?...`, signed over an empty body.
final class Upgrades {
  private static final Logger LOG = LoggerFactory.getLogger(Upgrades.class);
  private static final String SUFFIX = "/ws";
  private static final String SERVICE = "ecs";

  /// A round trip to any peer that is still there.
  private static final Duration CLOSE_TIME = Duration.ofSeconds(1);

  private static final int CLOSE_POLL_MILLIS = 5;

  private final Routes routes;
  private final Limits limits;
  private final ServerWebSocketContainer container;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();

  Upgrades(Routes routes, Limits limits, ServerWebSocketContainer container) {
    this.routes = routes;
    this.limits = limits;
    this.container = container;
    container.setMaxTextMessageSize(limits.messageBytes());
    container.setMaxBinaryMessageSize(limits.messageBytes());
    container.setMaxFrameSize(limits.messageBytes());
    container.setIdleTimeout(limits.socketIdleTime());
  }

  /// Whether the request was for a socket, and then it has been answered.
  boolean serve(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getPath();
    Sockets.Acceptor acceptor = acceptor(path);
    if (acceptor == null) {
      return false;
    }
    String requestId = Answers.requestId();
    if (!request.getHeaders().contains(HttpHeader.UPGRADE, "websocket")) {
      Answers.refusedUpgrade(response, callback, requestId, notAnUpgrade());
      return true;
    }
    Attempt attempt = new Attempt(callback);
    boolean upgraded =
        container.upgrade(
            (_, answer, _) -> {
              attempt.link = accepted(acceptor, request, response, attempt);
              return attempt.link == null ? null : plain(answer, attempt.link);
            },
            request,
            response,
            attempt);
    if (!upgraded) {
      Answers.refusedUpgrade(response, callback, requestId, notAnUpgrade());
    }
    return true;
  }

  /// Closes every socket, and waits for their sessions to hear of it, but not for long.
  void closeAll() throws InterruptedException {
    long deadline = System.nanoTime() + CLOSE_TIME.toNanos();
    for (Link link : links) {
      link.close(StatusCode.SHUTDOWN, "the server is going away");
    }
    while (!links.isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(CLOSE_POLL_MILLIS);
    }
  }

  /// The link when the upgrade is accepted. Otherwise null, and the refusal has been answered.
  private @Nullable Link accepted(
      Sockets.Acceptor acceptor, Request request, Response response, Callback callback) {
    String requestId = Answers.requestId();
    try {
      Sockets.Session session = acceptor.accept(upgrade(request));
      Link link = new Link(session, limits.sendTime(), links::remove);
      links.add(link);
      return link;
    } catch (Refusal refusal) {
      Answers.refusedUpgrade(response, callback, requestId, refusal.error());
    } catch (RuntimeException e) {
      LOG.error("upgrade {} failed", requestId, e);
      Answers.refusedUpgrade(response, callback, requestId, AwsError.server("Internal error."));
    }
    return null;
  }

  /// An upgrade under way. When its answer can't be written, the session hears that it is over.
  private static final class Attempt extends Callback.Nested {
    private @Nullable Link link;

    Attempt(Callback callback) {
      super(callback);
    }

    @Override
    public void failed(Throwable x) {
      if (link != null) {
        link.neverOpened();
      }
      super.failed(x);
    }
  }

  /// Without extensions: Amazon's agent asks for none, and inflating costs memory per socket.
  private static Link plain(ServerUpgradeResponse answer, Link link) {
    answer.setExtensions(List.of());
    return link;
  }

  private Sockets.@Nullable Acceptor acceptor(@Nullable String path) {
    if (path == null || !path.endsWith(SUFFIX)) {
      return null;
    }
    return routes.sockets().get(path.substring(0, path.length() - SUFFIX.length()));
  }

  private Sockets.Upgrade upgrade(Request request) {
    SignedRequest signed = Requests.signed(request, new byte[0]);
    Identity identity = routes.verifier().identify(signed, SERVICE);
    Caller caller = Requests.caller(request, identity);
    return new Sockets.Upgrade(signed.path(), Query.parse(signed.query()).values(), caller);
  }

  private static AwsError notAnUpgrade() {
    return AwsError.client("BadRequestException", "Expected a websocket upgrade, version 13.");
  }
}
