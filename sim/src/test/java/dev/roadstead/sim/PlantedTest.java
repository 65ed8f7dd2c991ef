package dev.roadstead.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.sim.server.Plant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Defects that are planted are found, and soon: else the simulator would see nothing.
final class PlantedTest {
  private static final int SEEDS_MAX = 60;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void isFound(Plant plant) {
    long seed = 1;
    while (seed < SEEDS_MAX && !new Simulation(seed, Scale.usual(), plant, false).run().failed()) {
      seed++;
    }
    assertThat(seed).as("the first seed that fails with %s", plant).isLessThan(SEEDS_MAX);
  }
}
