package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @Test
  void sharesTheStartsOfOnePlan() {
    Pace pace = new Pace(ServiceController.SETTLE, Set.of(), 100);
    assertThat(pace.takeStarts(1_000, 0)).isEqualTo(Pace.SHARE_MIN);
    assertThat(pace.takeStarts(3, 0)).isEqualTo(3);
    assertThat(pace.takeStarts(1_000, 3_200))
        .as("a large one costs more to look at")
        .isEqualTo(200);
    Pace alone = new Pace(ServiceController.SETTLE, Set.of(), 1);
    assertThat(alone.takeStarts(10_000, 0)).isEqualTo(Pace.STARTS_MAX);
    assertThat(alone.takeStarts(1, 0)).isZero();
  }

  @Test
  void putsOffOneAfterAnotherOnceNothingCanBeStarted() {
    Pace pace = new Pace(ServiceController.SETTLE, Set.of(), 1);
    assertThat(pace.putOff(NOW)).isNull();
    pace.takeStarts(Pace.STARTS_MAX, 0);
    for (int i = 0; i < 4; i++) {
      assertThat(pace.putOff(NOW)).isEqualTo(NOW.plusMillis(10));
    }
    assertThat(pace.putOff(NOW)).isEqualTo(NOW.plusMillis(20));
  }

  @Test
  void looksAtALargeServiceSeldom() {
    assertThat(Pace.rounded(NOW, 100)).isEqualTo(NOW);
    Instant at = NOW.plusMillis(1);
    assertThat(Pace.rounded(at, 5_000)).isAfter(at).isBeforeOrEqualTo(at.plusSeconds(2));
    assertThat(Pace.rounded(at, 5_000)).isEqualTo(Pace.rounded(at.plusMillis(3), 5_000));
  }
}
