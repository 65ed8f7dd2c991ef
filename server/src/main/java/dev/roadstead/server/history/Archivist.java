package dev.roadstead.server.history;

import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.task.Expired;
import dev.roadstead.engine.loop.Ledger;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves stopped tasks whose time is over from the rows into the history: first the history has
/// them on the disk, then their rows go. A crash in between leaves both, and the next round does it
/// again.
public final class Archivist implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Archivist.class);

  /// How often it looks. Rows wait for hours, so this only bounds a burst of stopped tasks.
  private static final Duration ROUND = Duration.ofSeconds(5);

  /// Tasks of one batch: about a megabyte, one write to either disk.
  static final int BATCH_MAX = 1000;

  private static final Duration DECIDED = Duration.ofSeconds(30);

  private final Ledger ledger;
  private final LuceneHistory history;
  private final InstantSource clock;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);

  private Archivist(Ledger ledger, LuceneHistory history, InstantSource clock) {
    this.ledger = ledger;
    this.history = history;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("archivist").unstarted(this::run);
  }

  public static Archivist start(Ledger ledger, LuceneHistory history, InstantSource clock) {
    Archivist archivist = new Archivist(ledger, history, clock);
    archivist.thread.start();
    return archivist;
  }

  /// Moves everything that is due; answers how many tasks.
  static int round(Ledger ledger, LuceneHistory history, InstantSource clock)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    int moved = 0;
    while (true) {
      List<Task> due = Expired.of(ledger.state(), clock.instant(), BATCH_MAX);
      if (due.isEmpty()) {
        history.trim(clock.instant());
        return moved;
      }
      history.keep(due);
      moved += ledger.submit(Expired.forget(due)).get(DECIDED.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void run() {
    try {
      while (!closing.await(ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
        tryRound();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void tryRound() throws InterruptedException {
    try {
      round(ledger, history, clock);
    } catch (IOException | ExecutionException | TimeoutException | RuntimeException e) {
      LOG.warn("stopped tasks stay where they are for now: {}", e.toString());
    }
  }

  /// Ends after the round under way, then closes the history. The thread is not interrupted: that
  /// would close the files of the index under it.
  @Override
  public void close() {
    closing.countDown();
    try (history) {
      if (!thread.join(DECIDED)) {
        LOG.warn("stopped tasks are still being moved into the history");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("closing the history of tasks: {}", e.toString());
    }
  }
}
