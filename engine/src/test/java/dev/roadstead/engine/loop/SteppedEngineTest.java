package dev.roadstead.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.engine.consensus.MemoryConsensus;
import dev.roadstead.engine.fixture.Box;
import dev.roadstead.engine.fixture.Boxes;
import dev.roadstead.engine.root.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class SteppedEngineTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Instant clock = START;
  private final Chain chain = new Chain(10);
  private final SteppedEngine engine =
      SteppedEngine.over(
          new MemoryConsensus(State.empty(Boxes.SCHEMA)),
          () -> true,
          EngineConfig.at(Path.of(""), _ -> {}),
          List.of(chain),
          new SteppedEngine.Around(() -> clock, new SplittableRandom(1)));

  @Test
  void decidesInRounds() {
    CompletableFuture<String> answer = put(Box.of("a", null, 2));
    assertThat(answer).isNotDone();
    rounds();
    assertThat(answer).isCompletedWithValue("a");
    assertThat(engine.state().get(Boxes.TABLE, "a").weight()).isZero();
    assertThat(engine.nextRound()).isNull();
  }

  @Test
  void rowsFallDueThoughTheClockIsSetBack() {
    var _ = put(Box.of("a", null, 0).opening(START.plusSeconds(5)));
    rounds();
    clock = START.minus(Duration.ofHours(1));
    rounds();
    assertThat(engine.nextRound()).isEqualTo(Duration.ofSeconds(5));
    clock = clock.plusSeconds(5);
    rounds();
    assertThat(chain.times.getLast()).isEqualTo(START.plusSeconds(5));
    assertThat(engine.nextRound()).isNull();
  }

  private CompletableFuture<String> put(Box box) {
    return engine.submit((_, _) -> new Outcome<>(List.of(Boxes.TABLE.put(box)), box.id()));
  }

  private void rounds() {
    while (engine.round()) {
      assertThat(engine.nextRound()).isNotNull();
    }
  }
}
