package dev.roadstead.engine.consensus;

import dev.roadstead.base.Invariant;
import dev.roadstead.engine.format.EntryFormat;
import dev.roadstead.engine.format.RowFormat;
import dev.roadstead.engine.log.Disk;
import dev.roadstead.engine.log.Group;
import dev.roadstead.engine.log.Log;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.snapshot.Snapshots;
import dev.roadstead.engine.table.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One machine, no peers: a log and snapshots in a directory. One thread writes, another takes
/// snapshots.
///
/// When a write fails, its group is cut off and lost, and the term ends. A new one begins as soon
/// as {@link Probe#BYTES} can be written again.
public final class SingleMember implements Consensus {
  private static final Logger LOG = LoggerFactory.getLogger(SingleMember.class);

  /// Groups handed over and not yet answered: one being written, one ready to follow it. More would
  /// only make groups smaller.
  private static final int GROUPS_MAX = 2;

  /// A success no older than this answers {@link #writable} without another try.
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long WRITABLE_WAIT_SECONDS = 5;
  private static final long PROBE_MILLIS = 500;

  private final Disk disk;
  private final Schema schema;
  private final long segmentBytes;
  private final RowFormat rows = new RowFormat();
  private final Snapshots snapshots;
  private final SnapshotDuty snapshotDuty;
  private final Semaphore permits = new Semaphore(GROUPS_MAX);
  private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final @Nullable Thread thread; // null when it is stepped from outside
  private @Nullable Log log;
  private @Nullable Member member;
  private State durable;
  private long term = 1;
  private volatile @Nullable IOException trouble; // null while writing works
  private volatile long lastSuccess;
  private boolean closing;

  /// @param segmentBytes size at which a new log file is begun
  /// @param snapshotLogBytes log since the last snapshot that makes the next one due
  public SingleMember(Disk disk, Schema schema, long segmentBytes, long snapshotLogBytes) {
    this(disk, schema, segmentBytes, snapshotLogBytes, null);
  }

  /// One without threads: whoever opens it calls {@link #step}.
  ///
  /// @param background where snapshots are written
  public static SingleMember stepped(
      Disk disk, Schema schema, long segmentBytes, long snapshotLogBytes, Executor background) {
    return new SingleMember(disk, schema, segmentBytes, snapshotLogBytes, background);
  }

  private SingleMember(
      Disk disk,
      Schema schema,
      long segmentBytes,
      long snapshotLogBytes,
      @Nullable Executor background) {
    this.disk = disk;
    this.schema = schema;
    this.segmentBytes = segmentBytes;
    this.snapshots = new Snapshots(disk, schema, rows);
    this.snapshotDuty =
        new SnapshotDuty(
            snapshots,
            snapshotLogBytes,
            background != null ? background : SnapshotDuty.THREAD_FOR_EACH);
    this.durable = State.empty(schema);
    this.thread =
        background != null
            ? null
            : Thread.ofPlatform().name("engine-log").daemon().unstarted(this::run);
  }

  @Override
  public State recover() {
    try {
      Snapshots.Loaded loaded = snapshots.load();
      EntryFormat format = new EntryFormat(schema, rows);
      durable = loaded.state();
      log =
          Log.open(
              disk,
              durable.position(),
              segmentBytes,
              (position, array, offset, length) ->
                  durable = durable.with(format.read(array, offset, length), position));
      Invariant.check(log.position() == durable.position(), "the log ends elsewhere");
      snapshotDuty.begin(loaded.bytes());
      return durable;
    } catch (IOException e) {
      throw new UncheckedIOException("The data directory cannot be read.", e);
    }
  }

  @Override
  public void start(Member newMember) {
    member = newMember;
    lastSuccess = System.nanoTime();
    newMember.leading(term, durable);
    if (thread != null) {
      thread.start();
    }
  }

  /// Does the next thing that waits to be done: writes a group, or tries whether writing works
  /// again. For one without threads.
  ///
  /// @return whether there was one
  public boolean step() {
    Runnable task = tasks.poll();
    if (task != null) {
      task.run();
    } else if (trouble != null) {
      recoverWriting();
    } else {
      return false;
    }
    return true;
  }

  /// Whether groups wait to be written.
  public boolean hasWork() {
    return !tasks.isEmpty();
  }

  /// Whether writing fails at the moment.
  public boolean troubled() {
    return trouble != null;
  }

  /// Whether {@link #append} would not wait.
  public boolean hasRoom() {
    return permits.availablePermits() > 0;
  }

  @Override
  public void append(Group group) throws InterruptedException {
    permits.acquire();
    tasks.add(() -> write(group));
  }

  @Override
  public boolean writable() {
    if (trouble != null) {
      return false;
    }
    if (System.nanoTime() - lastSuccess < FRESH_NANOS) {
      return true;
    }
    CompletableFuture<Boolean> tried = new CompletableFuture<>();
    tasks.add(() -> tried.complete(fresh()));
    try {
      return tried.get(WRITABLE_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException _) {
      return false;
    }
  }

  @Override
  public void close() {
    if (thread != null && thread.isAlive() && !thread.equals(Thread.currentThread())) {
      tasks.add(() -> closing = true);
      try {
        thread.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    snapshotDuty.close();
    if (log != null) {
      log.close();
    }
    disk.close();
  }

  private void run() {
    try {
      while (!closing) {
        Runnable task =
            trouble == null ? tasks.take() : tasks.poll(PROBE_MILLIS, TimeUnit.MILLISECONDS);
        if (task != null) {
          task.run();
        } else {
          recoverWriting();
        }
      }
    } catch (Throwable e) {
      member().failed(e);
      trouble = new IOException("the log has stopped", e);
      permits.release(Integer.MAX_VALUE / 2); // nobody waits for a thread that is gone
    }
  }

  private void write(Group group) {
    IOException known = trouble;
    if (known != null || group.term() != term) {
      member().lost(group, known != null ? known : new IOException("of an earlier term"));
      permits.release();
      return;
    }
    try {
      log().append(group);
      durable = group.after();
      lastSuccess = System.nanoTime();
      member().durable(group);
      snapshotDuty.afterAppend(log(), durable);
    } catch (IOException e) {
      LOG.error("writing failed at position {}", log().position() + 1, e);
      term++;
      trouble = e;
      cutBack();
      member().lost(group, e);
    }
    permits.release();
  }

  private void cutBack() {
    try {
      log().repair();
    } catch (IOException e) {
      LOG.error("the unfinished write could not be cut off yet", e);
    }
  }

  /// Tries to write again; on success a new term begins.
  private void recoverWriting() {
    try {
      log().repair();
      Probe.write(disk);
    } catch (IOException e) {
      trouble = e;
      return;
    }
    LOG.info("writing works again, from position {}", durable.position() + 1);
    trouble = null;
    lastSuccess = System.nanoTime();
    member().leading(term, durable);
  }

  private boolean fresh() {
    if (trouble != null) {
      return false;
    }
    try {
      if (System.nanoTime() - lastSuccess >= FRESH_NANOS) {
        Probe.write(disk);
        lastSuccess = System.nanoTime();
      }
      return true;
    } catch (IOException e) {
      LOG.error("a trial write failed", e);
      return false;
    }
  }

  private Log log() {
    return Objects.requireNonNull(log, "not recovered");
  }

  private Member member() {
    return Objects.requireNonNull(member, "not started");
  }
}
