package dev.roadstead.wire.http;

import dev.roadstead.wire.api.Sockets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One websocket and its {@link Sockets.Session}, which is called on the connection's thread. What
/// is said here of the protocol is of RFC 6455.
final class Link extends ChannelInboundHandlerAdapter implements Sockets.Peer, Connections.Open {
  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  /// The longest reason a close frame holds, in bytes. Source: section 5.5.
  private static final int REASON_MAX = 123;

  /// How long the peer may take to close after us.
  private static final Duration CLOSE_TIME = Duration.ofSeconds(1);

  /// Bytes that wait to be sent: the largest messages of a session that has much to say at once.
  private static final int WAITING_BYTES_MAX = 32 << 20;

  private static final String TOO_SLOW = "the peer reads too slowly";

  private final Sockets.Session session;
  private final Channel channel;
  private final Limits limits;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private volatile boolean closing;
  private volatile long heard = System.nanoTime();
  private int code = WebSocketCloseStatus.ABNORMAL_CLOSURE.code();
  private String reason = "";
  private boolean opened;
  private @Nullable ScheduledFuture<?> slow;

  Link(Sockets.Session session, Channel channel, Limits limits) {
    this.session = session;
    this.channel = channel;
    this.limits = limits;
  }

  /// Completes when the session has heard of the end.
  CompletableFuture<Void> over() {
    return over;
  }

  void open() {
    opened = true;
    call(() -> session.opened(this));
  }

  void neverOpened() {
    reason = "the upgrade failed";
    ended();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    heard = System.nanoTime();
    try {
      frame((WebSocketFrame) message);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void frame(WebSocketFrame frame) {
    switch (frame) {
      case CloseWebSocketFrame close -> closed(close);
      case TextWebSocketFrame text when !closing -> call(() -> session.received(text.text()));
      case PingWebSocketFrame ping when !closing -> {
        var _ = channel.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
      }
      case PongWebSocketFrame _ -> {
        // the peer is there
      }
      default -> close(WebSocketCloseStatus.INVALID_MESSAGE_TYPE.code(), "text messages only");
    }
  }

  private void closed(CloseWebSocketFrame frame) {
    if (closing) {
      var _ = channel.close();
      return;
    }
    int sent = frame.statusCode();
    code = sent < 0 ? WebSocketCloseStatus.EMPTY.code() : sent;
    reason = frame.reasonText();
    closing = true;
    channel
        .writeAndFlush(sent < 0 ? new CloseWebSocketFrame() : new CloseWebSocketFrame(sent, ""))
        .addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    boolean writable = channel.isWritable();
    channel.config().setAutoRead(writable || closing);
    if (writable) {
      if (slow != null) {
        slow.cancel(false);
        slow = null;
      }
      if (opened && !closing) {
        call(session::ready);
      }
    } else if (slow == null) {
      slow =
          channel
              .eventLoop()
              .schedule(this::tooSlow, limits.sendTime().toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void tooSlow() {
    reason = TOO_SLOW;
    cut();
  }

  private void cut() {
    var _ = channel.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ended();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      cut();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("websocket broke", cause);
    switch (cause) {
      case CorruptedWebSocketFrameException bad -> {
        WebSocketCloseStatus status = bad.closeStatus();
        close(status.code(), status.reasonText());
      }
      case TooLongFrameException _ -> {
        WebSocketCloseStatus status = WebSocketCloseStatus.MESSAGE_TOO_BIG;
        close(status.code(), status.reasonText());
      }
      default -> cut();
    }
  }

  @Override
  public void send(String text) {
    if (closing || !channel.isActive()) {
      throw gone("the socket is closed");
    }
    if (channel.bytesBeforeWritable() > WAITING_BYTES_MAX) {
      var _ = channel.close();
      throw gone(TOO_SLOW);
    }
    var _ = channel.writeAndFlush(new TextWebSocketFrame(text), channel.voidPromise());
  }

  @Override
  public boolean isReady() {
    return channel.isWritable();
  }

  @Override
  public void execute(Runnable work) {
    try {
      channel.eventLoop().execute(() -> call(work));
    } catch (RejectedExecutionException e) {
      LOG.debug("the listener is closed already", e);
    }
  }

  @Override
  public void executeAfter(Duration delay, Runnable work) {
    try {
      var _ = channel.eventLoop().schedule(() -> call(work), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the listener is closed already", e);
    }
  }

  @Override
  public void close(int status, String why) {
    if (channel.eventLoop().inEventLoop()) {
      sayClose(status, why);
    } else {
      execute(() -> sayClose(status, why));
    }
  }

  private void sayClose(int status, String why) {
    if (closing) {
      return;
    }
    closing = true;
    code = status;
    reason = fitting(why);
    channel.config().setAutoRead(true);
    var _ = channel.writeAndFlush(new CloseWebSocketFrame(status, reason));
    var _ =
        channel
            .eventLoop()
            .schedule((Runnable) this::cut, CLOSE_TIME.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static UncheckedIOException gone(String text) {
    return new UncheckedIOException(new IOException(text));
  }

  private void ended() {
    closing = true;
    if (over.isDone()) {
      return;
    }
    if (slow != null) {
      slow.cancel(false);
    }
    try {
      session.closed(code, reason);
    } catch (RuntimeException e) {
      LOG.error("websocket session failed while closing", e);
    }
    over.complete(null);
  }

  private void call(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("websocket session failed", e);
      close(WebSocketCloseStatus.INTERNAL_SERVER_ERROR.code(), "internal error");
    }
  }

  @Override
  public @Nullable String overdue(long now) {
    return now - heard > limits.socketIdleTime().toNanos() ? "nothing was heard of it" : null;
  }

  @Override
  public void end() {
    close(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code(), "idle");
  }

  private static String fitting(String reason) {
    int end = Math.min(reason.length(), REASON_MAX);
    while (reason.substring(0, end).getBytes(StandardCharsets.UTF_8).length > REASON_MAX) {
      end--;
    }
    return reason.substring(0, end);
  }
}
