package dev.roadstead.engine.loop;

import dev.roadstead.base.Bug;
import dev.roadstead.engine.format.Bytes;
import dev.roadstead.engine.format.EntryFormat;
import dev.roadstead.engine.format.RowFormat;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Schema;
import dev.roadstead.engine.watch.Commit;
import dev.roadstead.engine.watch.Feed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The engine in one thread, in memory, under a clock that is moved by hand: for tests and
/// simulation. The same {@link Core} as the real one; each decision is durable at once, and every
/// row is written and read back in the real row format to see that nothing is lost.
public final class SoloEngine implements Ledger {
  /// Turns after which controllers that still have work are said to run for ever.
  static final int TURNS_MAX = 10_000;

  private final Core core;
  private final Feed feed;
  private final EntryFormat format;
  private final RandomGenerator random;
  private final Bytes bytes = new Bytes(1024);
  private Instant now;

  /// @param random seeded, so that a run can be repeated
  public SoloEngine(
      State from, List<? extends Controller> controllers, Instant now, RandomGenerator random) {
    this.format = new EntryFormat(from.schema(), new RowFormat());
    this.feed = new Feed(from.position(), Feed.COMMITS_MAX);
    this.now = now;
    this.random = random;
    this.core = new Core(from, controllers);
  }

  public SoloEngine(
      Schema schema, List<? extends Controller> controllers, Instant now, RandomGenerator random) {
    this(State.empty(schema), controllers, now, random);
  }

  @Override
  public State state() {
    return core.state();
  }

  public Feed feed() {
    return feed;
  }

  public Instant now() {
    return now;
  }

  /// Decides, then lets controllers settle. A refusal is thrown as it is.
  public <A> A decide(Work<A> work) {
    A answer = decideOnly(work);
    settle();
    return answer;
  }

  /// Decides, and leaves the controllers for {@link #settle}.
  public <A> A decideOnly(Work<A> work) {
    return core.decide(work, moment(), this::append);
  }

  @Override
  public <A> CompletableFuture<A> submit(Work<A> work) {
    try {
      return CompletableFuture.completedFuture(decide(work));
    } catch (Bug bug) {
      throw bug;
    } catch (RuntimeException refusal) {
      return CompletableFuture.failedFuture(refusal);
    }
  }

  /// Lets controllers plan until nothing is dirty. Never settling is a bug of theirs.
  public void settle() {
    for (int turn = 0; turn < TURNS_MAX; turn++) {
      core.fire(now);
      if (core.settle(moment(), this::append)) {
        return;
      }
    }
    throw new Bug("controllers find no end");
  }

  /// Lets time pass: rows fall due at their own times, in order, with controllers settling at each.
  public void advance(Duration duration) {
    Instant until = now.plus(duration);
    settle();
    for (Instant due = nextDue(); due != null && !due.isAfter(until); due = nextDue()) {
      now = due.isAfter(now) ? due : now;
      settle();
    }
    now = until;
    settle();
  }

  /// When the next row falls due; null when none ever does.
  public @Nullable Instant nextDue() {
    return core.nextDue();
  }

  /// Goes on as after a restart: every row is dirty once.
  public void restart() {
    core.restart(core.state());
    settle();
  }

  private Moment moment() {
    return new Moment(now, random);
  }

  private void append(Commit commit, List<Change> changes, State after) {
    bytes.cut(0);
    format.write(changes, bytes);
    if (bytes.size() > EngineConfig.ENTRY_BYTES_MAX) {
      throw new EntryTooLarge(bytes.size(), EngineConfig.ENTRY_BYTES_MAX);
    }
    checkReadsBack(changes);
    feed.publish(List.of(commit));
  }

  /// Rows with arrays are never equal to another: for those, the bytes must be.
  private void checkReadsBack(List<Change> changes) {
    List<Change> read = format.read(bytes.array(), 0, bytes.size());
    if (!read.equals(changes)) {
      Bytes again = new Bytes(bytes.size());
      format.write(read, again);
      if (!again.toBuffer().equals(bytes.toBuffer())) {
        throw new Bug("rows do not survive the log: wrote " + changes + ", read " + read);
      }
    }
  }
}
