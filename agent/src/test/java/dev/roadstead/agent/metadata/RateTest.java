package dev.roadstead.agent.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RateTest {
  private static final long SECOND = 1_000_000_000L;
  private final Rate rate = new Rate();
  private final InetAddress one = InetAddress.ofLiteral("10.0.0.1");
  private final InetAddress two = InetAddress.ofLiteral("10.0.0.2");

  @Test
  void admitsABurstThenFortyASecond() {
    assertThat(admitted(one, 5)).isEqualTo(60);
    assertThat(admitted(two, 5)).isEqualTo(60);
    assertThat(admitted(one, 5 + SECOND)).isEqualTo(40);
  }

  private long admitted(InetAddress caller, long now) {
    return IntStream.range(0, 100).filter(_ -> rate.admits(caller, now)).count();
  }
}
