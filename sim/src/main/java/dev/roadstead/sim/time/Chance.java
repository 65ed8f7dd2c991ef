package dev.roadstead.sim.time;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Draws from the seed. Each part of a run has its own, so that one more draw in one part leaves
/// the others as they were.
public final class Chance {
  private static final double PERCENT = 100;

  private final SplittableRandom random;

  public Chance(long seed) {
    this(new SplittableRandom(seed));
  }

  private Chance(SplittableRandom random) {
    this.random = random;
  }

  /// A source for another part.
  public Chance split() {
    return new Chance(random.split());
  }

  public RandomGenerator generator() {
    return random;
  }

  /// True so many times in a hundred.
  public boolean in100(double percent) {
    return random.nextDouble() * PERCENT < percent;
  }

  /// From 0 to below the bound.
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /// Both ends included.
  public int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  public Duration millis(int least, int most) {
    return Duration.ofMillis(between(least, most));
  }

  public <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  public final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /// 32 hexadecimal digits.
  public String hex32() {
    return "%016x%016x".formatted(random.nextLong(), random.nextLong());
  }
}
