package dev.roadstead.sim.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A machine's clock: true time, and off by something that may jump.
public final class SimClock implements InstantSource {
  private final Timeline time;
  private Duration off = Duration.ZERO;

  public SimClock(Timeline time) {
    this.time = time;
  }

  @Override
  public Instant instant() {
    return time.now().plus(off);
  }

  public void set(Duration newOff) {
    off = newOff;
  }

  /// How far it is ahead of true time.
  public Duration off() {
    return off;
  }
}
