package dev.roadstead.engine.loop;

import dev.roadstead.engine.consensus.Consensus;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.watch.Feed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The engine in one thread, over a consensus that is stepped too: the real writer under a clock
/// of the simulation's. Whoever opens it calls {@link #round}; answers are given on the thread on
/// which the consensus tells of a group.
public final class SteppedEngine implements Ledger {
  private final BooleanSupplier hasRoom;
  private final Writer writer;

  private SteppedEngine(BooleanSupplier hasRoom, Writer writer) {
    this.hasRoom = hasRoom;
    this.writer = writer;
  }

  /// Reads what is durable, and leads. Throws as {@link Engine#open} does.
  ///
  /// @param hasRoom whether the consensus would take a group without waiting
  /// @param around the clock, and where fresh ids come from
  public static SteppedEngine over(
      Consensus consensus,
      BooleanSupplier hasRoom,
      EngineConfig config,
      List<? extends Controller> controllers,
      Around around) {
    Core core = new Core(consensus.recover(), controllers);
    Writer writer =
        new Writer(
            consensus,
            core,
            config,
            new Writer.Outside(around.clock(), around.random(), new SameThread(), false));
    consensus.start(writer);
    return new SteppedEngine(hasRoom, writer);
  }

  /// What comes from outside.
  ///
  /// @param random seeded, so that a run can be repeated
  public record Around(InstantSource clock, RandomGenerator random) {}

  /// Decides what waits, lets controllers plan, and hands the member a group; does nothing when
  /// there is nothing to do or the member can't take one.
  ///
  /// @return whether there may be more to do at once
  public boolean round() {
    if (writer.nextRound() == null || !hasRoom.getAsBoolean()) {
      return false;
    }
    try {
      writer.round();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
    return Duration.ZERO.equals(writer.nextRound());
  }

  /// How long until a round has something to do if nothing else happens; null for ever.
  public @Nullable Duration nextRound() {
    return writer.nextRound();
  }

  @Override
  public State state() {
    return writer.state();
  }

  @Override
  public <A> CompletableFuture<A> submit(Work<A> work) {
    return writer.submit(work);
  }

  /// The latest durable commits.
  public Feed feed() {
    return writer.feed();
  }

  /// Whether work is taken now.
  public boolean accepting() {
    return writer.accepting();
  }

  /// Runs everything at once.
  private static final class SameThread extends AbstractExecutorService {
    @Override
    public void execute(Runnable command) {
      command.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
