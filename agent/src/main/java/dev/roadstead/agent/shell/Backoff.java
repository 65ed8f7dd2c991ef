package dev.roadstead.agent.shell;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Growing waits between tries, with a fifth of jitter. Used by one thread at a time.
final class Backoff {
  private static final double JITTER = 0.2;

  /// Waits for a control plane, with jitter at most 2 s at first. Amazon's agent waits up to 2
  /// minutes; a control plane of one's own is nearer, and a restart takes it a second.
  private static final Duration DIAL = Duration.ofMillis(250);

  private static final Duration DIAL_SOON = Duration.ofMillis(1600);

  /// With jitter below 5 s: a thousand agents make some 250 calls a second.
  private static final Duration DIAL_LATE = Duration.ofSeconds(4);

  /// Some 60 s of short waits: longer than any restart or update of a control plane takes.
  private static final int DIAL_SOON_TRIES = 40;

  private final Duration first;
  private final Duration most;
  private final double factor;
  private final int tries;
  private final Duration late;
  private double nextMillis;
  private int tried;

  Backoff(Duration first, Duration most, double factor) {
    this(first, most, factor, Integer.MAX_VALUE, most);
  }

  private Backoff(Duration first, Duration most, double factor, int tries, Duration late) {
    this.first = first;
    this.most = most;
    this.factor = factor;
    this.tries = tries;
    this.late = late;
    this.nextMillis = (double) first.toMillis();
  }

  /// For calls of a control plane that is away: at most 2 s for a minute, then at most 5 s.
  static Backoff dialling() {
    return new Backoff(DIAL, DIAL_SOON, 1.5, DIAL_SOON_TRIES, DIAL_LATE);
  }

  /// Waits, longer each time.
  void pause() throws InterruptedException {
    Thread.sleep(next());
  }

  /// The wait that comes now; the one after is longer.
  Duration next() {
    double jitter = 1 + JITTER * (2 * RandomGenerator.getDefault().nextDouble() - 1);
    Duration wait = Duration.ofMillis((long) (nextMillis * jitter));
    tried = Math.min(tried + 1, tries);
    Duration limit = tried < tries ? most : late;
    nextMillis = Math.min(nextMillis * factor, (double) limit.toMillis());
    return wait;
  }

  void reset() {
    nextMillis = (double) first.toMillis();
    tried = 0;
  }
}
