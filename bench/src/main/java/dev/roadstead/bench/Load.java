package dev.roadstead.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/// Connections that each send the next request as soon as the last was answered.
final class Load {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long FINISH_NANOS = 30_000_000_000L;

  /// Looks at the body of a good answer.
  @FunctionalInterface
  interface Seen {
    void seen(ByteBuffer body) throws IOException;
  }

  private final Reactor reactor;
  private final LongFunction<byte[]> requests;
  private final Seen seen;
  private final List<CallLine> idle = new ArrayList<>();
  private double[] millis = new double[1 << 16];
  private int count;
  private int busy;
  private long sent;
  private boolean stopping;

  /// @param requests by number, from 0
  Load(Reactor reactor, int connections, LongFunction<byte[]> requests, Seen seen)
      throws IOException {
    this.reactor = reactor;
    this.requests = requests;
    this.seen = seen;
    for (int i = 0; i < connections; i++) {
      idle.add(new CallLine(reactor, this::answered));
    }
  }

  /// Loads for this long. Returns the latency of each call answered in that time, in milliseconds.
  double[] run(long nanos) throws IOException {
    count = 0;
    for (CallLine line : idle) {
      busy++;
      line.call(requests.apply(sent++));
    }
    idle.clear();
    reactor.serve(nanos, () -> false);
    return Arrays.copyOf(millis, count);
  }

  /// Waits for the answers under way, then closes the connections.
  void finish() throws IOException {
    stopping = true;
    if (!reactor.serve(FINISH_NANOS, () -> busy == 0)) {
      throw new IOException(busy + " calls were not answered");
    }
  }

  private void answered(CallLine line, int status, ByteBuffer body) throws IOException {
    if (status != 200) {
      throw new IOException(status + " " + StandardCharsets.UTF_8.decode(body));
    }
    if (count == millis.length) {
      millis = Arrays.copyOf(millis, 2 * count);
    }
    millis[count++] = (System.nanoTime() - line.sentAt) / NANOS_PER_MILLI;
    seen.seen(body);
    if (stopping) {
      busy--;
      line.close();
    } else {
      line.call(requests.apply(sent++));
    }
  }
}
