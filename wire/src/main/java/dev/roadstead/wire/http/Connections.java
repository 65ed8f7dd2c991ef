package dev.roadstead.wire.http;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts connections, and ends those that take too long.
final class Connections {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
  private static final int SWEEPS_PER_LIMIT = 4;

  /// What a connection is at the moment. Asked from another thread than the connection's.
  interface Open {
    /// Why it must end, or null.
    ///
    /// @param now of {@link System#nanoTime}
    @Nullable String overdue(long now);

    void end();
  }

  private final Limits limits;
  private final Map<Channel, Open> open = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final LongAdder refused = new LongAdder();

  Connections(Limits limits) {
    this.limits = limits;
  }

  /// Whether there is room for one more; then it counts until it is closed.
  boolean admit(Channel channel) {
    if (count.incrementAndGet() > limits.connections()) {
      count.decrementAndGet();
      refused.increment();
      return false;
    }
    channel
        .closeFuture()
        .addListener(
            _ -> {
              count.decrementAndGet();
              open.remove(channel);
            });
    return true;
  }

  void is(Channel channel, Open now) {
    open.put(channel, now);
    if (!channel.isOpen()) {
      open.remove(channel); // it was closed while we came
    }
  }

  /// Sweeps now and again, until the group ends.
  void sweepBy(EventLoopGroup group) {
    Duration least =
        limits.headerTime().compareTo(limits.requestTime()) < 0
            ? limits.headerTime()
            : limits.requestTime();
    long nanos = least.toNanos() / SWEEPS_PER_LIMIT;
    var _ = group.next().scheduleAtFixedRate(this::sweep, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void sweep() {
    long over = refused.sumThenReset();
    if (over > 0) {
      LOG.warn("closed {} new connections: {} are open", over, limits.connections());
    }
    long now = System.nanoTime();
    open.forEach(
        (channel, what) -> {
          String reason = what.overdue(now);
          if (reason != null) {
            LOG.debug("closing connection of {}: {}", channel.remoteAddress(), reason);
            what.end();
          }
        });
  }
}
