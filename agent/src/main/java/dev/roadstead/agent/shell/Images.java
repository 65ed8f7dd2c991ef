package dev.roadstead.agent.shell;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which images this agent has pulled, when, and when they were last seen in use; kept over a
/// restart. Only these are ever cleaned up. Safe from any thread.
final class Images {
  private static final Logger LOG = LoggerFactory.getLogger(Images.class);

  /// @param name as task definitions write it
  /// @param id what the name stood for after the pull; null when that is unknown
  record Entry(String name, @Nullable String id, Instant pulledAt, Instant usedAt) {
    Entry used(Instant at) {
      return new Entry(name, id, pulledAt, at);
    }
  }

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final StateLog log;

  /// Shared by pulls, exclusive for removals: an image that was found here stays until its task is
  /// known to use it.
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  Images(StateLog log, List<Entry> remembered) {
    this.log = log;
    remembered.forEach(entry -> entries.put(entry.name(), entry));
  }

  ReadWriteLock lock() {
    return lock;
  }

  boolean pulled(String image) {
    return entries.containsKey(image);
  }

  void pulled(String image, @Nullable String id, Instant at) {
    put(new Entry(image, id, at, at));
  }

  void used(String image, Instant at) {
    Entry entry = entries.get(image);
    if (entry != null) {
      put(entry.used(at));
    }
  }

  private void put(Entry entry) {
    entries.put(entry.name(), entry);
    try {
      log.saveImage(entry);
    } catch (IOException e) {
      LOG.warn("cannot save that {} was pulled: {}", entry.name(), e.getMessage());
    }
  }

  List<Entry> entries() {
    return new ArrayList<>(entries.values());
  }

  void forget(String image) {
    entries.remove(image);
    try {
      log.forgetImage(image);
    } catch (IOException e) {
      LOG.warn("cannot save that {} is gone: {}", image, e.getMessage());
    }
  }
}
