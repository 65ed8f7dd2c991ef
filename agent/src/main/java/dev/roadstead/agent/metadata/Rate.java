package dev.roadstead.agent.metadata;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/// How often one caller may ask: 40 times a second, with bursts of 60. Source: Amazon's agent.
final class Rate {
  private static final double PER_NANO = 40 / 1e9;
  private static final double BURST = 60;

  /// Far more than a host has containers; the caller unheard of for longest is forgotten.
  private static final int CALLERS_MAX = 4096;

  private record Bucket(double tokens, long at) {}

  private final Map<InetAddress, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Bucket> eldest) {
          return size() > CALLERS_MAX;
        }
      };

  /// @param now of a clock that never steps back, in nanoseconds
  synchronized boolean admits(InetAddress caller, long now) {
    Bucket old = buckets.getOrDefault(caller, new Bucket(BURST, now));
    double tokens = Math.min(BURST, old.tokens() + (now - old.at()) * PER_NANO);
    boolean admitted = tokens >= 1;
    buckets.put(caller, new Bucket(admitted ? tokens - 1 : tokens, now));
    return admitted;
  }
}
