package dev.roadstead.engine.consensus;

import dev.roadstead.engine.log.Log;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.snapshot.Snapshots;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides when the next snapshot is due, has it written in the background, and drops the log that
/// is needed no more. Called by the log's thread.
///
/// One is due when the log since the last is as large as the limit and twice that snapshot: so rows
/// are written to snapshots about as often as to the log, and start-up reads at most three times
/// the state.
final class SnapshotDuty {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotDuty.class);

  /// Log for one byte of snapshot.
  private static final int LOG_PER_SNAPSHOT = 2;

  /// A thread of its own for each.
  static final Executor THREAD_FOR_EACH =
      work -> Thread.ofPlatform().name("engine-snapshot").daemon().start(work);

  private final Snapshots snapshots;
  private final long logBytes;
  private final Executor background;
  private @Nullable CompletableFuture<Done> running;
  private long since; // bytes of log at the last snapshot
  private long dueAfter; // bytes of log after which the next is due

  /// What the background left.
  ///
  /// @param bytes size of the snapshot; -1 when it failed
  /// @param dropThrough position up to which the log is needed no more
  private record Done(long bytes, long dropThrough) {}

  /// @param background where they are written
  SnapshotDuty(Snapshots snapshots, long logBytes, Executor background) {
    this.snapshots = snapshots;
    this.logBytes = logBytes;
    this.background = background;
    this.dueAfter = logBytes;
  }

  /// @param snapshotBytes size of the one that was loaded
  void begin(long snapshotBytes) {
    dueAfter = dueAfter(snapshotBytes);
  }

  private long dueAfter(long snapshotBytes) {
    return Math.max(logBytes, LOG_PER_SNAPSHOT * snapshotBytes);
  }

  void afterAppend(Log log, State durable) {
    if (running != null) {
      finish(log);
    } else if (log.bytes() - since >= dueAfter) {
      since = log.bytes();
      running = CompletableFuture.supplyAsync(() -> take(durable), background);
    }
  }

  private Done take(State state) {
    try {
      long bytes = snapshots.write(state);
      long dropThrough = snapshots.prune();
      LOG.info("snapshot of position {} written, {} bytes", state.position(), bytes);
      return new Done(bytes, dropThrough);
    } catch (IOException | RuntimeException e) {
      LOG.error("no snapshot of position {}: the log is kept instead", state.position(), e);
      return new Done(-1, 0);
    }
  }

  private void finish(Log log) {
    CompletableFuture<Done> last = running;
    if (last == null || last.state() != Future.State.SUCCESS) {
      return;
    }
    Done result = last.resultNow();
    running = null;
    dueAfter = dueAfter(result.bytes());
    try {
      log.dropThrough(result.dropThrough());
    } catch (IOException e) {
      LOG.error("old log files could not be deleted; they will be with the next snapshot", e);
    }
  }

  /// Waits for the one being written.
  void close() {
    CompletableFuture<Done> last = running;
    if (last != null) {
      last.exceptionally(_ -> new Done(-1, 0)).join();
    }
  }
}
