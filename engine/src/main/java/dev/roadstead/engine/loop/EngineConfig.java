package dev.roadstead.engine.loop;

import dev.roadstead.base.Invariant;
import dev.roadstead.engine.watch.Feed;
import java.nio.file.Path;
import java.util.function.Consumer;

/// What an engine is opened with.
///
/// @param dataDir where log and snapshots are; made when missing
/// @param onFatal told, once, when the engine has stopped for good: the process should exit
public record EngineConfig(Path dataDir, Limits limits, Consumer<Throwable> onFatal) {
  /// Bytes of one entry. Far above any real decision; bounds memory at start-up and
  /// between members.
  public static final int ENTRY_BYTES_MAX = 4 * 1024 * 1024;

  public static EngineConfig at(Path dataDir, Consumer<Throwable> onFatal) {
    return new EngineConfig(dataDir, Limits.standard(), onFatal);
  }

  /// For engines without a disk. There, what is fatal is a bug, which the futures tell too.
  static EngineConfig inMemory() {
    return at(Path.of(""), _ -> {});
  }

  public EngineConfig withLimits(Limits newLimits) {
    return new EngineConfig(dataDir, newLimits, onFatal);
  }

  /// Bounds on what can grow.
  ///
  /// @param queueMax decisions waiting for the writer; at 50,000 a second, a wait of 0.1 s
  /// @param groupEntriesMax decisions made durable together; keeps one turn short
  /// @param segmentBytes size at which a new log file is begun
  /// @param snapshotLogBytes log since the last snapshot that makes the next one due, unless that
  ///     snapshot is larger; bounds the time of replay at start-up
  /// @param feedCommitsMax commits kept for followers
  public record Limits(
      int queueMax,
      int groupEntriesMax,
      long segmentBytes,
      long snapshotLogBytes,
      int feedCommitsMax) {
    public Limits {
      Invariant.check(queueMax > 0 && groupEntriesMax > 0, "limits must be positive");
      Invariant.check(segmentBytes > 0 && snapshotLogBytes > 0, "limits must be positive");
      Invariant.check(feedCommitsMax > 0, "limits must be positive");
    }

    public static Limits standard() {
      return new Limits(4_096, 512, 16L << 20, 32L << 20, Feed.COMMITS_MAX);
    }
  }
}
