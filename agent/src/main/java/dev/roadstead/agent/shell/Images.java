package dev.roadstead.agent.shell;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which images this agent has pulled, and when. Only these are ever cleaned up.
final class Images {
  private final Map<String, Instant> pulledAt = new ConcurrentHashMap<>();

  boolean pulled(String image) {
    return pulledAt.containsKey(image);
  }

  void pulled(String image, Instant at) {
    pulledAt.put(image, at);
  }

  @Nullable Instant pulledAt(String image) {
    return pulledAt.get(image);
  }
}
