package dev.roadstead.server.boot;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has been started so far; closed last first, each once, also when one fails to close.
final class Parts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private boolean closed;

  /// Keeps a part for closing. A part that arrives after the close is closed at once.
  synchronized <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    if (closed) {
      close();
    }
    return part;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("closing: {}", e.toString());
      }
    }
  }
}
