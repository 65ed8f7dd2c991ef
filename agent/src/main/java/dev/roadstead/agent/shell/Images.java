package dev.roadstead.agent.shell;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which images this agent process has pulled, when, and when they were last seen in use. Only
/// these are ever cleaned up. Safe from any thread.
final class Images {
  private record Entry(Instant pulledAt, Instant usedAt) {}

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  boolean pulled(String image) {
    return entries.containsKey(image);
  }

  void pulled(String image, Instant at) {
    entries.put(image, new Entry(at, at));
  }

  void used(String image, Instant at) {
    entries.computeIfPresent(image, (_, entry) -> new Entry(entry.pulledAt(), at));
  }

  List<String> names() {
    return entries.keySet().stream().sorted().toList();
  }

  /// Long ago when unknown.
  Instant pulledAt(String image) {
    Entry entry = entries.get(image);
    return entry == null ? Instant.EPOCH : entry.pulledAt();
  }

  Instant usedAt(String image) {
    Entry entry = entries.get(image);
    return entry == null ? Instant.EPOCH : entry.usedAt();
  }

  void forget(String image) {
    entries.remove(image);
  }
}
