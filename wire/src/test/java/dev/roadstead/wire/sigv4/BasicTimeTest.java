package dev.roadstead.wire.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasicTimeTest {
  @Test
  void readsWhatItWrites() {
    assertThat(BasicTime.format(Instant.parse("2026-01-31T23:59:59.9Z")))
        .isEqualTo("20260131T235959Z");
    var random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      Instant time = Instant.ofEpochSecond(random.nextLong(-60_000_000_000L, 250_000_000_000L));
      assertThat(BasicTime.parse(BasicTime.format(time))).isEqualTo(time);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "20260131",
        "20260231T000000Z",
        "20260131T240000Z",
        "20260131T235960Z",
        "2026-131T235959Z",
        "20260131 235959Z",
        "20260131T235959",
        "20260131T235959+0",
        "+0260131T235959Z",
        "２０260131T23595Z"
      })
  void refusesEverythingElse(String text) {
    assertThat(BasicTime.parse(text)).isNull();
  }
}
