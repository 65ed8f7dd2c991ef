package dev.roadstead.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  @Test
  void waitsAtMostTwoSecondsForAControlPlaneThatIsAwayForAMinute() {
    Backoff backoff = Backoff.dialling();
    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(300));
    Duration waited = Duration.ZERO;
    while (waited.toSeconds() < 40) {
      Duration wait = backoff.next();
      assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(2));
      waited = waited.plus(wait);
    }
  }

  @Test
  void waitsAtMostFiveSecondsForOneThatStaysAway() {
    Backoff backoff = Backoff.dialling();
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 1000; i++) {
      Duration wait = backoff.next();
      longest = longest.compareTo(wait) < 0 ? wait : longest;
    }
    assertThat(longest).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
  }

  @Test
  void beginsAnewAfterAReset() {
    Backoff backoff = Backoff.dialling();
    for (int i = 0; i < 1000; i++) {
      backoff.next();
    }
    backoff.reset();
    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(300));
    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(2));
  }
}
