package dev.roadstead.control.ecs;

import dev.roadstead.engine.root.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random histories of real operations, reports, controllers and time, from many seeds; after every
/// step all that is derived from the rows is computed anew and compared.
class RandomOperationsTest {
  private static final int STEPS = 150;

  /// How long new seeds are tried: the share of this test of the suite's time.
  private static final Duration BUDGET = Duration.ofSeconds(6);

  private static final int SEEDS_MIN = 10; // on a machine that is busy
  private static final int SEEDS_MAX = 400;
  private static final int LAST_CALLS = 6;

  @Test
  void whatIsDerivedFromTheRowsIsRight() {
    Instant until = Instant.now().plus(BUDGET);
    for (int i = 0; i < SEEDS_MAX && (i < SEEDS_MIN || Instant.now().isBefore(until)); i++) {
      story(1000 + i);
    }
  }

  /// Seeds that found something once.
  @ParameterizedTest
  @ValueSource(longs = {1000, 1039})
  void holdsWhereItDidNot(long seed) {
    story(seed);
  }

  private static void story(long seed) {
    RandomStory story = new RandomStory(seed);
    Deque<String> last = new ArrayDeque<>();
    Truth truth = new Truth();
    int step = 0;
    try {
      for (; step < STEPS; step++) {
        State before = story.state();
        String call = story.step();
        last.addLast(call);
        if (last.size() > LAST_CALLS) {
          last.removeFirst();
        }
        truth.check(before, story.state(), story.now());
      }
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "seed %d, step %d, after %s: %s".formatted(seed, step, last, e.getMessage()), e);
    }
  }
}
