package dev.roadstead.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;

/// Connections for calls whose order does not matter, opened when wanted; more calls than
/// connections wait.
final class CallPool {
  /// Takes an answer.
  @FunctionalInterface
  interface Answered {
    void answered(int status, ByteBuffer body) throws IOException;
  }

  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Call(byte[] request, Answered answered) {}

  private final Reactor reactor;
  private final int connections;
  private int opened;
  private final Deque<CallLine> idle = new ArrayDeque<>();
  private final Deque<Call> waiting = new ArrayDeque<>();
  private final IdentityHashMap<CallLine, Answered> underWay = new IdentityHashMap<>();

  CallPool(Reactor reactor, int connections) {
    this.reactor = reactor;
    this.connections = connections;
  }

  void call(byte[] request, Answered answered) throws IOException {
    waiting.add(new Call(request, answered));
    next();
  }

  private void next() throws IOException {
    while (!waiting.isEmpty() && (!idle.isEmpty() || opened < connections)) {
      Call call = waiting.removeFirst();
      CallLine line = line();
      underWay.put(line, call.answered());
      line.call(call.request());
    }
  }

  /// One that is open: the server closes those that are idle for long.
  private CallLine line() throws IOException {
    while (!idle.isEmpty()) {
      CallLine known = idle.removeLast();
      if (known.isOpen()) {
        return known;
      }
      opened--;
    }
    opened++;
    return new CallLine(reactor, this::answered);
  }

  private void answered(CallLine line, int status, ByteBuffer body) throws IOException {
    Answered waiter = underWay.remove(line);
    if (waiter == null) {
      throw new IOException("an answer that nobody asked for");
    }
    waiter.answered(status, body);
    idle.add(line);
    next();
  }
}
