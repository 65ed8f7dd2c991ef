package dev.roadstead.engine.loop;

import dev.roadstead.engine.consensus.Consensus;
import dev.roadstead.engine.consensus.MemoryConsensus;
import dev.roadstead.engine.consensus.SingleMember;
import dev.roadstead.engine.log.Disk;
import dev.roadstead.engine.log.NioDisk;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Schema;
import dev.roadstead.engine.watch.Feed;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/// The engine with its threads: one that decides, one that makes durable. Readers take the durable
/// state at any time, without waiting.
///
/// The writer decides the next group on its newest state while the one before is being written;
/// answers, `state()` and the feed move only when a group is durable.
public final class Engine implements Ledger, AutoCloseable {
  private final Consensus consensus;
  private final Writer writer;

  private Engine(Consensus consensus, Writer writer) {
    this.consensus = consensus;
    this.writer = writer;
  }

  /// Opens the engine over any consensus, and starts it.
  ///
  /// @param random where fresh ids come from: unguessable in production
  public static Engine over(
      Consensus consensus,
      EngineConfig config,
      List<? extends Controller> controllers,
      InstantSource clock,
      RandomGenerator random) {
    Core core = new Core(recover(consensus), controllers);
    Writer writer = new Writer(consensus, core, config, clock, random);
    writer.start();
    consensus.start(writer);
    return new Engine(consensus, writer);
  }

  private static State recover(Consensus consensus) {
    try {
      return consensus.recover();
    } catch (RuntimeException e) {
      consensus.close();
      throw e;
    }
  }

  /// Opens the engine of a data directory: reads what is durable, and starts.
  ///
  /// @throws dev.roadstead.engine.log.CorruptData when the data is damaged other than by a crash
  /// @throws dev.roadstead.engine.format.UnreadableData when a newer release wrote it
  public static Engine open(
      EngineConfig config,
      Schema schema,
      List<? extends Controller> controllers,
      InstantSource clock,
      RandomGenerator random) {
    Consensus single = onDisk(NioDisk.open(config.dataDir()), schema, config.limits());
    return over(single, config, controllers, clock, random);
  }

  /// What {@link #open} uses, over any disk.
  static Consensus onDisk(Disk disk, Schema schema, EngineConfig.Limits limits) {
    return new SingleMember(disk, schema, limits.segmentBytes(), limits.snapshotLogBytes());
  }

  /// An engine with threads but without a disk, for tests and trials.
  public static Engine inMemory(
      Schema schema,
      List<? extends Controller> controllers,
      InstantSource clock,
      RandomGenerator random) {
    MemoryConsensus memory = new MemoryConsensus(State.empty(schema));
    return over(memory, EngineConfig.inMemory(), controllers, clock, random);
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

  /// Whether a write would succeed now. May try one, so it can take as long as the disk does.
  public boolean writable() {
    return writer.accepting() && consensus.writable();
  }

  /// Stops: what waits is refused, what was decided is made durable and answered.
  @Override
  public void close() {
    writer.close();
    consensus.close();
    writer.finish();
    writer.feed().close();
  }
}
