package dev.roadstead.wire.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.WebSocketConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts connections, and closes those that take too long over their headers or a whole request.
/// Jetty's own idle timeout is renewed by every byte; these times are not.
final class Connections implements Connection.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
  private static final int SWEEPS_PER_LIMIT = 4;

  /// A peer that waits for its answers takes longer to send the next request.
  private static final long AT_ONCE_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

  /// Some milliseconds of work; nobody but a pipelining client gets there.
  private static final int AT_ONCE_MAX = 64;

  private final Limits limits;
  private final Map<Connection, Watch> watches = new ConcurrentHashMap<>();
  private final LongAdder refused = new LongAdder();

  Connections(Limits limits) {
    this.limits = limits;
  }

  @Override
  public void onOpened(Connection connection) {
    if (watches.size() >= limits.connections()) {
      refused.increment();
      connection.getEndPoint().close();
      return;
    }
    watches.put(connection, new Watch(connection));
  }

  @Override
  public void onClosed(Connection connection) {
    watches.remove(connection);
  }

  /// Notes that a request has begun, and when the returned callback completes, that it is over.
  Callback busy(Request request, Callback callback) {
    Watch watch = watches.get(request.getConnectionMetaData().getConnection());
    if (watch == null) {
      return callback;
    }
    watch.begin();
    return new Callback.Nested(callback) {
      @Override
      public void succeeded() {
        watch.end();
        super.succeeded();
      }

      @Override
      public void failed(Throwable x) {
        watch.end();
        super.failed(x);
      }
    };
  }

  /// Whether requests of this connection have come so close on each other's heels that its next
  /// ones must not be served by a thread that serves others too. Asked once for each request.
  boolean crowds(Request request) {
    Watch watch = watches.get(request.getConnectionMetaData().getConnection());
    return watch != null && watch.crowds(System.nanoTime());
  }

  /// Sweeps now and again, until the scheduler stops.
  void sweepBy(Scheduler scheduler) {
    sweep(System.nanoTime());
    long nanos =
        Math.min(limits.headerTime().toNanos(), limits.requestTime().toNanos()) / SWEEPS_PER_LIMIT;
    scheduler.schedule(() -> sweepBy(scheduler), nanos, TimeUnit.NANOSECONDS);
  }

  private void sweep(long now) {
    long over = refused.sumThenReset();
    if (over > 0) {
      LOG.warn("closed {} new connections: {} are open", over, limits.connections());
    }
    for (Watch watch : watches.values()) {
      String reason = watch.reasonToClose(now, limits);
      if (reason != null) {
        LOG.info("closing connection of {}: {}", watch.peer(), reason);
        watch.close();
      }
    }
  }

  /// What one connection is doing.
  private static final class Watch {
    private final Connection connection;
    private final boolean websocket;
    private volatile boolean busy;
    private volatile boolean used;
    private volatile long since = System.nanoTime();
    private volatile long bytesAtRest;
    private int atOnce; // one request at a time, so one thread at a time

    /// When the sweep first saw bytes of a request not yet complete; 0 when there are none.
    private long partialSince;

    Watch(Connection connection) {
      this.connection = connection;
      this.websocket = connection instanceof WebSocketConnection;
    }

    void begin() {
      since = System.nanoTime();
      used = true;
      busy = true;
    }

    void end() {
      bytesAtRest = connection.getBytesIn();
      since = System.nanoTime();
      busy = false;
    }

    boolean crowds(long now) {
      atOnce = now - since < AT_ONCE_NANOS ? atOnce + 1 : 0;
      if (atOnce < AT_ONCE_MAX) {
        return false;
      }
      atOnce = 0;
      return true;
    }

    @Nullable String reasonToClose(long now, Limits limits) {
      if (websocket) {
        return null;
      }
      if (busy) {
        partialSince = 0;
        return now - since > limits.requestTime().toNanos() ? "request takes too long" : null;
      }
      if (connection.getBytesIn() == bytesAtRest) {
        partialSince = 0;
        boolean late = !used && now - since > limits.headerTime().toNanos();
        return late ? "no request came" : null;
      }
      if (partialSince == 0) {
        partialSince = now;
      }
      return now - partialSince > limits.headerTime().toNanos() ? "headers are too slow" : null;
    }

    String peer() {
      return String.valueOf(connection.getEndPoint().getRemoteSocketAddress());
    }

    void close() {
      connection.getEndPoint().close();
    }
  }
}
