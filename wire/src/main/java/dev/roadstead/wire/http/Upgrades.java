package dev.roadstead.wire.http;

import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.api.Caller;
import dev.roadstead.wire.api.Refusal;
import dev.roadstead.wire.api.Sockets;
import dev.roadstead.wire.sigv4.Identity;
import dev.roadstead.wire.sigv4.Query;
import dev.roadstead.wire.sigv4.SignedRequest;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Websocket upgrades: `GET PREFIX/ws?...`, signed over an empty body. Without extensions: Amazon's
/// agent asks for none, and inflating costs memory per socket.
final class Upgrades {
  private static final Logger LOG = LoggerFactory.getLogger(Upgrades.class);
  private static final String SUFFIX = "/ws";
  private static final String SERVICE = "ecs";

  /// A round trip to any peer that is still there.
  private static final Duration CLOSE_TIME = Duration.ofSeconds(1);

  private final Routes routes;
  private final Limits limits;
  private final Connections connections;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();

  Upgrades(Routes routes, Limits limits, Connections connections) {
    this.routes = routes;
    this.limits = limits;
    this.connections = connections;
  }

  /// Whether the request was for a socket, and then it has been answered. May block.
  boolean serve(Exchange exchange) {
    Sockets.Acceptor acceptor = acceptor(exchange.path());
    if (acceptor == null) {
      return false;
    }
    String requestId = Answers.requestId();
    try {
      if (!isUpgrade(exchange)) {
        throw AwsError.client("BadRequestException", "Expected a websocket upgrade, version 13.")
            .refusal();
      }
      Sockets.Session session = acceptor.accept(upgrade(exchange));
      Conversation conversation = exchange.conversation();
      conversation.become(() -> begin(exchange, session, conversation.channel()));
    } catch (Refusal refusal) {
      exchange.answer(Answers.refusedUpgrade(requestId, refusal.error()));
    } catch (RuntimeException e) {
      LOG.error("upgrade {} failed", requestId, e);
      exchange.answer(Answers.refusedUpgrade(requestId, AwsError.server("Internal error.")));
    }
    return true;
  }

  /// Closes every socket, and waits for their sessions to hear of it, but not for long.
  void closeAll() throws InterruptedException {
    int status = WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code();
    links.forEach(link -> link.close(status, "the server is going away"));
    CompletableFuture<?>[] ends = links.stream().map(Link::over).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(ends).get(CLOSE_TIME.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("some sockets did not close in time", e);
    }
  }

  /// Source: RFC 6455, section 4.2.1.
  private static boolean isUpgrade(Exchange exchange) {
    HttpHeaders headers = exchange.headers();
    return HttpMethod.GET.equals(exchange.head().method())
        && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
        && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        && WebSocketVersion.V13
            .toHttpHeaderValue()
            .equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))
        && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
  }

  private void begin(Exchange exchange, Sockets.Session session, Channel channel) {
    Link link = new Link(session, channel, limits);
    links.add(link);
    var _ = link.over().whenComplete((_, _) -> links.remove(link));
    if (!channel.isActive() || exchange.conversation().silent()) {
      link.neverOpened();
      var _ = channel.close();
      return;
    }
    connections.is(channel, link);
    int most = limits.messageBytes();
    var config =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(most)
            .allowExtensions(false)
            .closeOnProtocolViolation(false) // the link does, and waits for the peer
            .build();
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addLast(new Utf8FrameValidator(false), new WebSocketFrameAggregator(most), link);
    pipeline.remove(exchange.conversation());
    new WebSocketServerHandshaker13(exchange.path(), null, config)
        .handshake(channel, full(exchange), new DefaultHttpHeaders(), channel.newPromise())
        .addListener(
            done -> {
              if (done.isSuccess()) {
                link.open();
              } else {
                var _ = channel.close();
              }
            });
  }

  private static FullHttpRequest full(Exchange exchange) {
    return new DefaultFullHttpRequest(
        exchange.head().protocolVersion(),
        exchange.head().method(),
        exchange.head().uri(),
        Unpooled.EMPTY_BUFFER,
        exchange.headers(),
        EmptyHttpHeaders.INSTANCE);
  }

  private Sockets.@Nullable Acceptor acceptor(String path) {
    if (!path.endsWith(SUFFIX)) {
      return null;
    }
    return routes.sockets().get(path.substring(0, path.length() - SUFFIX.length()));
  }

  private Sockets.Upgrade upgrade(Exchange exchange) {
    SignedRequest signed = Requests.signed(exchange);
    Identity identity = routes.verifier().identify(signed, SERVICE);
    Caller caller = Requests.caller(exchange, identity);
    return new Sockets.Upgrade(signed.path(), Query.parse(signed.query()).values(), caller);
  }
}
