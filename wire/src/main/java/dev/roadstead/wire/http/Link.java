package dev.roadstead.wire.http;

import dev.roadstead.wire.api.Sockets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One websocket between Jetty and a {@link Sockets.Session}: the session's calls come one at a
/// time, the next message is read when the last has been taken.
/// Public because Jetty finds its methods by name.
public final class Link implements Session.Listener, Sockets.Peer {
  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  /// The longest reason a close frame holds, in bytes. Source: RFC 6455, section 5.5.
  private static final int REASON_MAX = 123;

  private static final int GONE = 1006;

  private final Sockets.Session session;
  private final Duration sendTime;
  private final Consumer<Link> whenOver;

  /// Held while the session is called.
  private final ReentrantLock turn = new ReentrantLock(true);

  /// Held while a message is under way to the peer. Fair: messages leave in the order of calls.
  private final ReentrantLock sending = new ReentrantLock(true);

  private volatile @Nullable Session jetty;
  private boolean ended;

  /// @param whenOver called once, before the session hears of the end
  Link(Sockets.Session session, Duration sendTime, Consumer<Link> whenOver) {
    this.session = session;
    this.sendTime = sendTime;
    this.whenOver = whenOver;
  }

  void neverOpened() {
    end(GONE, "the upgrade failed");
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    jetty = opened;
    onVirtual(
        () -> {
          call(() -> session.opened(this));
          opened.demand();
        });
  }

  @Override
  public void onWebSocketText(String message) {
    Session from = jetty;
    onVirtual(
        () -> {
          call(() -> session.received(message));
          if (from != null) {
            from.demand();
          }
        });
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    callback.succeed();
    close(StatusCode.BAD_DATA, "text messages only");
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    LOG.debug("websocket broke", cause);
  }

  @Override
  public void onWebSocketClose(int code, @Nullable String reason, Callback callback) {
    callback.succeed();
    Thread.startVirtualThread(() -> end(code, reason == null ? "" : reason));
  }

  @Override
  public void send(String text) {
    Session to = jetty;
    if (to == null || !to.isOpen()) {
      throw gone("the socket is closed", null);
    }
    long deadline = System.nanoTime() + sendTime.toNanos();
    try {
      if (!sending.tryLock(sendTime.toNanos(), TimeUnit.NANOSECONDS)) {
        throw stuck(to);
      }
      try {
        Callback.Completable sent = new Callback.Completable();
        to.sendText(text, sent);
        sent.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      } finally {
        sending.unlock();
      }
    } catch (TimeoutException _) {
      throw stuck(to);
    } catch (ExecutionException e) {
      throw gone("the socket broke", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw gone("interrupted", e);
    }
  }

  @Override
  public void close(int code, String reason) {
    Session to = jetty;
    if (to != null && to.isOpen()) {
      to.close(code, fitting(reason), Callback.NOOP);
    }
  }

  private static UncheckedIOException stuck(Session to) {
    to.disconnect();
    return gone("the peer reads too slowly", null);
  }

  private static UncheckedIOException gone(String text, @Nullable Throwable cause) {
    return new UncheckedIOException(new IOException(text, cause));
  }

  private void end(int code, String reason) {
    turn.lock();
    try {
      if (!ended) {
        ended = true;
        whenOver.accept(this);
        session.closed(code, reason);
      }
    } catch (RuntimeException e) {
      LOG.error("websocket session failed while closing", e);
    } finally {
      turn.unlock();
    }
  }

  private void call(Runnable work) {
    turn.lock();
    try {
      if (!ended) {
        work.run();
      }
    } catch (RuntimeException e) {
      LOG.error("websocket session failed", e);
      close(StatusCode.SERVER_ERROR, "internal error");
    } finally {
      turn.unlock();
    }
  }

  private static void onVirtual(Runnable work) {
    if (Thread.currentThread().isVirtual()) {
      work.run();
    } else {
      Thread.startVirtualThread(work);
    }
  }

  private static String fitting(String reason) {
    int end = Math.min(reason.length(), REASON_MAX);
    while (reason.substring(0, end).getBytes(StandardCharsets.UTF_8).length > REASON_MAX) {
      end--;
    }
    return reason.substring(0, end);
  }
}
