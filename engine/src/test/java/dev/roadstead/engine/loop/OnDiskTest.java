package dev.roadstead.engine.loop;

import static dev.roadstead.engine.fixture.Waiting.answer;
import static dev.roadstead.engine.fixture.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.engine.fixture.Box;
import dev.roadstead.engine.fixture.Boxes;
import dev.roadstead.engine.fixture.FakeDisk;
import dev.roadstead.engine.fixture.Property;
import dev.roadstead.engine.fixture.RandomChanges;
import dev.roadstead.engine.fixture.States;
import dev.roadstead.engine.fixture.Waiting;
import dev.roadstead.engine.log.Disk;
import dev.roadstead.engine.log.NioDisk;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnDiskTest {
  private final FakeDisk disk = new FakeDisk();
  private final AtomicReference<Throwable> fatal = new AtomicReference<>();

  @Test
  void findsEverythingAfterARestart(@TempDir Path parent) throws Exception {
    EngineConfig config = EngineConfig.at(parent.resolve("new/data"), fatal::set);
    State before;
    try (Engine engine = open(config)) {
      answer(engine.submit(put("a", 1)));
      answer(engine.submit(put("b", 2)));
      before = engine.state();
    }
    try (Engine engine = open(config)) {
      States.assertSame(engine.state(), before);
      assertThat(engine.feed().last()).isEqualTo(2);
      answer(engine.submit(put("c", 3)));
      assertThat(engine.state().position()).isEqualTo(3);
    }
    assertThat(fatal).hasNullValue();
  }

  @Test
  void aDirectoryIsForOneEngineAndItsOwner(@TempDir Path parent) throws Exception {
    Path data = parent.resolve("data");
    try (Engine _ = open(EngineConfig.at(data, fatal::set))) {
      assertThatThrownBy(() -> open(EngineConfig.at(data, fatal::set)))
          .isInstanceOf(NioDisk.DiskInUse.class);
      assertThat(Files.getPosixFilePermissions(data)).hasSize(3);
    }
    open(EngineConfig.at(data, fatal::set)).close();
  }

  @Test
  void replayEqualsLiveWithSnapshotsInBetween() {
    Property.holds(
        30,
        (random, size) -> {
          FakeDisk fresh = new FakeDisk();
          EngineConfig.Limits tiny = new EngineConfig.Limits(64, 4, 300, 500, 16);
          State live = State.empty(Boxes.SCHEMA);
          FakeDisk now = fresh;
          for (int life = 0; life < 3; life++) {
            try (Engine engine = open(now, tiny)) {
              States.assertSame(engine.state(), live);
              List<CompletableFuture<String>> answers = new ArrayList<>();
              for (int i = 0; i < size; i++) {
                List<Change> changes = RandomChanges.some(random, 4);
                answers.add(engine.submit((_, _) -> new Outcome<>(changes, "")));
              }
              for (CompletableFuture<String> one : answers) {
                answer(one);
              }
              live = engine.state();
              States.assertConsistent(live);
            }
            now = now.crash();
          }
        });
  }

  @Test
  void snapshotsBoundTheLog() throws Exception {
    EngineConfig.Limits small = new EngineConfig.Limits(64, 8, 1_000, 4_000, 16);
    try (Engine engine = open(disk, small)) {
      for (int i = 0; i < 2_000; i++) {
        answer(engine.submit(put("k" + i % 10, i)));
      }
      until(() -> disk.list().stream().filter(name -> name.startsWith("snapshot-")).count() == 2);
    }
    assertThat(disk.list().stream().filter(name -> name.startsWith("log-")).count()).isLessThan(60);
    try (Engine engine = open(disk.crash(), small)) {
      assertThat(engine.state().position()).isEqualTo(2_000);
      assertThat(engine.state().get(Boxes.TABLE, "k9").weight()).isEqualTo(1_999);
    }
  }

  @Test
  void nothingIsSeenOrAnsweredBeforeItIsForced() throws Exception {
    try (Engine engine = open(disk, EngineConfig.Limits.standard())) {
      CountDownLatch forcing = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      hold(forcing, release);
      CompletableFuture<String> write = engine.submit(put("a", 1));
      forcing.await();
      // Decided while the first is being forced, on what it did: its answer has to wait too.
      CompletableFuture<String> refused =
          engine.submit(
              (state, _) -> {
                throw new IllegalStateException("there is " + state.get(Boxes.TABLE, "a").id());
              });
      CompletableFuture<Long> read =
          engine.submit(
              (state, _) -> new Outcome<>(List.of(), state.get(Boxes.TABLE, "a").weight()));
      assertThat(write).isNotDone();
      assertThat(engine.state().position()).isZero();
      assertThat(engine.feed().last()).isZero();
      assertThat(refused).isNotDone();
      release.countDown();
      answer(write);
      assertThat(answer(read)).isEqualTo(1);
      assertThatThrownBy(() -> answer(refused)).hasRootCauseMessage("there is a");
      assertThat(engine.state().position()).isEqualTo(1);
    }
  }

  @Test
  void aFullDiskRefusesWritesAndRecoversByItself() throws Exception {
    try (Engine engine = open(disk, EngineConfig.Limits.standard())) {
      answer(engine.submit(put("a", 1)));
      disk.leaveRoom(40);
      CompletableFuture<String> lost = engine.submit(put("lost", 2));
      assertThatThrownBy(() -> answer(lost))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(NotWritable.class)
          .hasMessageContaining("No space left");
      assertThatThrownBy(() -> answer(engine.submit(put("lost", 2))))
          .isInstanceOf(NotWritable.class)
          .hasMessageContaining("No space left");
      assertThat(engine.writable()).isFalse();
      assertThat(engine.state().get(Boxes.TABLE, "a").weight()).isEqualTo(1);
      disk.leaveRoom(10_000_000);
      until(engine::writable);
      answer(engine.submit(put("b", 3)));
      assertThat(engine.state().find(Boxes.TABLE, "lost")).isNull();
      assertThat(engine.state().position()).isEqualTo(2);
    }
    try (Engine engine = open(disk.crash(), EngineConfig.Limits.standard())) {
      assertThat(engine.state().keys(Boxes.TABLE)).containsExactly("a", "b");
    }
    assertThat(fatal).hasNullValue();
  }

  @Test
  void aFailedForceLosesTheGroupsOnTopOfItToo() throws Exception {
    try (Engine engine = open(disk, EngineConfig.Limits.standard())) {
      answer(engine.submit(put("a", 1)));
      CountDownLatch forcing = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      hold(forcing, release);
      disk.failForces(true);
      CompletableFuture<String> first = engine.submit(put("first", 2));
      forcing.await();
      CompletableFuture<Boolean> second =
          engine.submit(
              (state, _) -> new Outcome<>(List.of(), state.find(Boxes.TABLE, "first") != null));
      release.countDown();
      assertThatThrownBy(() -> answer(first)).hasCauseInstanceOf(NotWritable.class);
      assertThatThrownBy(() -> answer(second)).hasCauseInstanceOf(NotWritable.class);
      disk.failForces(false);
      until(engine::writable);
      answer(engine.submit(put("b", 3)));
      assertThat(engine.state().keys(Boxes.TABLE)).containsExactly("a", "b");
    }
  }

  @Test
  void writableFindsAFullDiskWhenNobodyWrites() throws Exception {
    try (Engine engine = open(disk, EngineConfig.Limits.standard())) {
      disk.leaveRoom(0);
      until(() -> !engine.writable());
      disk.leaveRoom(Long.MAX_VALUE);
      until(engine::writable);
    }
  }

  @Test
  void manyCallersAtOnce() throws Exception {
    int callers = 8;
    long each = 500;
    try (Engine engine = open(disk, EngineConfig.Limits.standard())) {
      List<Thread> threads = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        String key = "k" + caller;
        threads.add(
            Thread.startVirtualThread(
                () -> {
                  for (int i = 0; i < each; i++) {
                    engine.submit(increment(key)).join();
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      for (Box box : engine.state().all(Boxes.TABLE)) {
        assertThat(box.weight()).isEqualTo(each);
      }
      assertThat(engine.state().position()).isEqualTo(callers * each);
    }
    try (Engine engine = open(disk.crash(), EngineConfig.Limits.standard())) {
      assertThat(engine.state().position()).isEqualTo(callers * each);
    }
  }

  @Test
  void aBugStopsTheEngineAndIsTold() throws Exception {
    try (Engine engine = open(disk, EngineConfig.Limits.standard())) {
      CompletableFuture<String> broken =
          engine.submit(
              (state, _) -> {
                state.get(Boxes.TABLE, "missing");
                return new Outcome<>(List.of(), "");
              });
      until(() -> fatal.get() != null);
      assertThat(fatal.get()).hasMessageContaining("missing");
      assertThatThrownBy(broken::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(NotWritable.class);
      assertThatThrownBy(() -> engine.submit(put("a", 1))).isInstanceOf(NotWritable.class);
      assertThat(engine.writable()).isFalse();
    }
  }

  private void hold(CountDownLatch forcing, CountDownLatch release) {
    disk.beforeForce(
        () -> {
          disk.beforeForce(null);
          forcing.countDown();
          Waiting.pass(release);
        });
  }

  private static Work<String> put(String id, long weight) {
    return (_, _) -> new Outcome<>(List.of(Boxes.TABLE.put(Box.of(id, "shelf", weight))), "done");
  }

  private static Work<String> increment(String id) {
    return (state, _) -> {
      Box box = state.find(Boxes.TABLE, id);
      Box next = box == null ? Box.of(id, null, 1) : box.weighing(box.weight() + 1);
      return new Outcome<>(List.of(Boxes.TABLE.put(next)), "");
    };
  }

  private Engine open(Disk on, EngineConfig.Limits limits) {
    EngineConfig config = EngineConfig.at(Path.of("unused"), fatal::set).withLimits(limits);
    return Engine.over(
        Engine.onDisk(on, Boxes.SCHEMA, limits),
        config,
        List.of(),
        InstantSource.system(),
        new SplittableRandom(1));
  }

  private static Engine open(EngineConfig config) {
    return Engine.open(
        config, Boxes.SCHEMA, List.of(), InstantSource.system(), new SplittableRandom(1));
  }
}
