package dev.roadstead.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.engine.fixture.Box;
import dev.roadstead.engine.fixture.Boxes;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EngineTest {
  private static final long WAIT_SECONDS = 10;

  @Test
  void answersOnceTheChangeIsSeen() throws Exception {
    try (Engine engine = open(List.of())) {
      String answer =
          engine
              .submit(
                  (_, _) -> new Outcome<>(List.of(Boxes.TABLE.put(Box.of("a", "top", 3))), "done"))
              .get(WAIT_SECONDS, TimeUnit.SECONDS);
      assertThat(answer).isEqualTo("done");
      assertThat(engine.state().get(Boxes.TABLE, "a").weight()).isEqualTo(3);
      assertThat(engine.state().position()).isEqualTo(1);
      assertThat(engine.writable()).isTrue();
    }
  }

  @Test
  void aRefusalIsTheExceptionThatTheWorkThrew() {
    try (Engine engine = open(List.of())) {
      IllegalStateException refusal = new IllegalStateException("no");
      assertThatThrownBy(
              () ->
                  engine
                      .submit(
                          (_, _) -> {
                            throw refusal;
                          })
                      .get(WAIT_SECONDS, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCause(refusal);
      assertThat(engine.state().position()).isZero();
    }
  }

  @Test
  void refusesAfterClosing() {
    Engine engine = open(List.of());
    engine.close();
    assertThatThrownBy(() -> engine.submit((_, _) -> new Outcome<>(List.of(), "")))
        .isInstanceOf(NotWritable.class)
        .hasMessageContaining("shutting down");
  }

  private static Engine open(List<Controller> controllers) {
    return Engine.inMemory(
        Boxes.SCHEMA, controllers, InstantSource.system(), new SplittableRandom(1));
  }
}
