package dev.roadstead.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.Services;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.task.TaskHistory;
import dev.roadstead.engine.loop.Engine;
import dev.roadstead.engine.loop.Outcome;
import dev.roadstead.engine.table.Change;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stopped tasks move from the rows into the history, and only what is there goes from the rows.
class ArchivistTest {
  private static final InstantSource NOW =
      InstantSource.fixed(Instant.parse("2026-01-31T00:00:00Z"));

  @TempDir private Path directory;

  @Test
  void movesWhatIsOverAndNothingElse() throws Exception {
    LuceneHistory history = new LuceneHistory(directory.resolve("tasks"), HistoryLimits.USUAL);
    Services services = new Services(_ -> "http://127.0.0.1", history);
    try (history;
        Engine engine =
            Engine.inMemory(
                services.schema(),
                List.of(),
                NOW,
                RandomGeneratorFactory.of("L64X128MixRandom").create(1))) {
      int over = Archivist.BATCH_MAX + 10;
      List<Change> rows = new ArrayList<>();
      rows.add(
          Clusters.put(
              new Cluster(
                  "123456789012",
                  "eu-central-1",
                  "default",
                  Cluster.ACTIVE,
                  "{}",
                  List.of(),
                  List.of(),
                  List.of(),
                  NOW.instant(),
                  null)));
      for (int i = 0; i < over; i++) {
        rows.add(Tasks.create(LuceneHistoryTest.task(i, Duration.ofHours(25))));
      }
      Task young = LuceneHistoryTest.task(over, Duration.ofHours(1));
      rows.add(Tasks.create(young));
      engine.submit((_, _) -> new Outcome<>(rows, true)).get();

      assertThat(Archivist.round(engine, history, NOW)).isEqualTo(over);
      assertThat(engine.state().all(Tasks.TABLE)).containsExactly(young);
      assertThat(history.size()).isEqualTo(over);
      TaskHistory.Filter all =
          new TaskHistory.Filter(young.clusterKey(), null, null, null, null, null);
      assertThat(history.list(all, "", 3))
          .isEqualTo(
              List.of(
                  LuceneHistoryTest.task(0, Duration.ofHours(25)),
                  LuceneHistoryTest.task(1, Duration.ofHours(25)),
                  LuceneHistoryTest.task(2, Duration.ofHours(25))));
      assertThat(Archivist.round(engine, history, NOW)).as("nothing left").isZero();
    }
  }
}
