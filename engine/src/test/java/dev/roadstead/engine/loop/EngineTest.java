package dev.roadstead.engine.loop;

import static dev.roadstead.engine.fixture.Waiting.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.base.Bug;
import dev.roadstead.engine.consensus.MemoryConsensus;
import dev.roadstead.engine.fixture.Box;
import dev.roadstead.engine.fixture.Boxes;
import dev.roadstead.engine.fixture.Waiting;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
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

  @Test
  void refusesAtOnceWhenTooManyWait() throws Exception {
    EngineConfig.Limits limits = new EngineConfig.Limits(2, 1, 1 << 20, 1 << 20, 16);
    EngineConfig config = EngineConfig.inMemory().withLimits(limits);
    try (Engine engine =
        Engine.over(
            new MemoryConsensus(State.empty(Boxes.SCHEMA)),
            config,
            List.of(),
            InstantSource.system(),
            new SplittableRandom(1))) {
      CountDownLatch deciding = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      CompletableFuture<String> slow =
          engine.submit(
              (_, _) -> {
                deciding.countDown();
                Waiting.pass(release);
                return new Outcome<>(List.of(), "slow");
              });
      deciding.await();
      CompletableFuture<String> second = engine.submit((_, _) -> new Outcome<>(List.of(), "b"));
      CompletableFuture<String> third = engine.submit((_, _) -> new Outcome<>(List.of(), "c"));
      assertThatThrownBy(() -> engine.submit((_, _) -> new Outcome<>(List.of(), "d")))
          .isInstanceOf(Overloaded.class);
      release.countDown();
      assertThat(List.of(answer(slow), answer(second), answer(third)))
          .containsExactly("slow", "b", "c");
    }
  }

  @Test
  void workThatNobodyWaitsForAnyMoreIsNotDecided() throws Exception {
    try (Engine engine = open(List.of())) {
      CountDownLatch deciding = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      CompletableFuture<String> slow =
          engine.submit(
              (_, _) -> {
                deciding.countDown();
                Waiting.pass(release);
                return new Outcome<>(List.of(), "");
              });
      deciding.await();
      CompletableFuture<String> given = engine.submit(put(Box.of("a", null, 1)));
      given.cancel(true);
      release.countDown();
      answer(slow);
      answer(engine.submit(put(Box.of("b", null, 1))));
      assertThat(engine.state().keys(Boxes.TABLE)).containsExactly("b");
    }
  }

  @Test
  void controllersRunBehindDecisionsAndNeverStarveThem() throws Exception {
    // More to do than one turn allows, so that turns without work must follow.
    long weight = Core.ROUNDS_MAX * 20L;
    try (Engine engine = open(List.of(new Chain(1)))) {
      answer(engine.submit(put(Box.of("a", null, weight))));
      Waiting.until(() -> engine.state().get(Boxes.TABLE, "a").weight() == 0);
      assertThat(engine.state().position()).isEqualTo(weight + 1);
    }
  }

  @Test
  void aControllerThatFailsIsABug() throws Exception {
    AtomicReference<Throwable> fatal = new AtomicReference<>();
    Controller failing = new Failing();
    try (Engine engine =
        Engine.over(
            new MemoryConsensus(State.empty(Boxes.SCHEMA)),
            EngineConfig.at(Path.of("unused"), fatal::set),
            List.of(failing),
            InstantSource.system(),
            new SplittableRandom(1))) {
      CompletableFuture<String> put = engine.submit(put(Box.of("a", null, 1)));
      Waiting.until(() -> fatal.get() != null);
      assertThat(fatal.get()).isInstanceOf(Bug.class).hasMessageContaining("failing");
      assertThatThrownBy(() -> answer(put)).hasCauseInstanceOf(NotWritable.class);
    }
  }

  @Test
  void rowsFallDueByThemselves() throws Exception {
    Chain chain = new Chain(0);
    try (Engine engine = open(List.of(chain))) {
      Instant due = Instant.now().plusMillis(150).truncatedTo(ChronoUnit.MILLIS);
      answer(engine.submit(put(Box.of("a", null, 0).opening(due))));
      // On a slow machine the row is due when it is put: then one call is right.
      Waiting.until(() -> chain.times.stream().anyMatch(time -> !time.isBefore(due)));
      assertThat(Instant.now()).isAfterOrEqualTo(due);
    }
  }

  @Test
  void timeNeverGoesBack() throws Exception {
    Iterator<Instant> readings =
        Stream.iterate(Instant.EPOCH.plusSeconds(1_000), now -> now.minusSeconds(1)).iterator();
    try (Engine engine =
        Engine.inMemory(Boxes.SCHEMA, List.of(), readings::next, new SplittableRandom(1))) {
      Instant first = answer(engine.submit((_, m) -> new Outcome<>(List.of(), m.now())));
      Instant second = answer(engine.submit((_, m) -> new Outcome<>(List.of(), m.now())));
      assertThat(second).isEqualTo(first);
    }
  }

  private static final class Failing implements Controller {
    @Override
    public String name() {
      return "failing";
    }

    @Override
    public List<Table<?>> watches() {
      return List.of(Boxes.TABLE);
    }

    @Override
    public List<Change> plan(State state, Dirty dirty, Moment moment) {
      throw new IllegalStateException("of its own");
    }
  }

  private static Work<String> put(Box box) {
    return (_, _) -> new Outcome<>(List.of(Boxes.TABLE.put(box)), "");
  }

  private static Engine open(List<Controller> controllers) {
    return Engine.inMemory(
        Boxes.SCHEMA, controllers, InstantSource.system(), new SplittableRandom(1));
  }
}
