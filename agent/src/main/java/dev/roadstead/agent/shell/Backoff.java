package dev.roadstead.agent.shell;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Growing waits between tries, with a fifth of jitter. Used by one thread at a time.
final class Backoff {
  private static final double JITTER = 0.2;

  private final Duration first;
  private final Duration most;
  private final double factor;
  private double nextMillis;

  Backoff(Duration first, Duration most, double factor) {
    this.first = first;
    this.most = most;
    this.factor = factor;
    this.nextMillis = (double) first.toMillis();
  }

  /// Waits, longer each time.
  void pause() throws InterruptedException {
    double jitter = 1 + JITTER * (2 * RandomGenerator.getDefault().nextDouble() - 1);
    Thread.sleep(Duration.ofMillis((long) (nextMillis * jitter)));
    nextMillis = Math.min(nextMillis * factor, (double) most.toMillis());
  }

  void reset() {
    nextMillis = (double) first.toMillis();
  }
}
