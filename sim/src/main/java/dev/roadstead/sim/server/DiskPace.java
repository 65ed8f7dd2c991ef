package dev.roadstead.sim.server;

import dev.roadstead.sim.time.Chance;
import java.time.Duration;

/// How long a group of entries takes to the disk.
public final class DiskPace {
  private final Chance chance;
  private int slowestMillis = 3;

  public DiskPace(Chance chance) {
    this.chance = chance;
  }

  /// The longest that a write takes from now on.
  public void slow(int millis) {
    slowestMillis = millis;
  }

  Duration next() {
    return Duration.ofNanos((300 + chance.below(slowestMillis * 1000)) * 1000L);
  }
}
