package dev.roadstead.sim.node;

import dev.roadstead.sim.time.Chance;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a container does once it runs, and how its image comes: the image's name says so.
enum Behaviour {
  /// Runs until it is stopped.
  STEADY,
  /// Ends by itself, well or badly.
  BRIEF,
  /// Takes no SIGTERM: is killed at the time-out.
  DEAF,
  /// Is killed for memory after a while.
  GREEDY,
  /// Its health check fails at times.
  SICK,
  /// Never has an image.
  ABSENT,
  /// Its image takes minutes.
  HEAVY,
  /// Cannot be started.
  BROKEN;

  static Behaviour of(String image) {
    for (Behaviour one : values()) {
      if (image.startsWith(one.name().toLowerCase(java.util.Locale.ROOT))) {
        return one;
      }
    }
    return STEADY;
  }

  /// After how long it ends by itself; null when it does not.
  @Nullable Duration lasts(Chance chance) {
    return switch (this) {
      case BRIEF -> chance.millis(50, 40_000);
      case GREEDY -> chance.millis(500, 90_000);
      default -> null;
    };
  }

  /// How long it takes to end once it is told to; null when it does not listen.
  @Nullable Duration ends(Chance chance) {
    return this == DEAF ? null : chance.millis(1, 2_000);
  }

  /// How long its image takes.
  Duration pulls(Chance chance) {
    return this == HEAVY ? chance.millis(5_000, 120_000) : chance.millis(10, 3_000);
  }
}
