package dev.roadstead.engine.snapshot;

import dev.roadstead.engine.format.RowFormat;
import dev.roadstead.engine.log.CorruptData;
import dev.roadstead.engine.log.Disk;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The snapshots of a data directory. The newest two are kept, with the log from the older one on,
/// so that one of them may be damaged without loss.
public final class Snapshots {
  static final int KEPT = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);
  private static final String PREFIX = "snapshot-";
  private static final String UNFINISHED = "unfinished-" + PREFIX;

  private final Disk disk;
  private final Schema schema;
  private final RowFormat rows;

  public Snapshots(Disk disk, Schema schema, RowFormat rows) {
    this.disk = disk;
    this.schema = schema;
    this.rows = rows;
  }

  /// A snapshot that was read or written.
  ///
  /// @param bytes the size of its file; 0 for the empty state
  public record Loaded(State state, long bytes) {}

  /// The newest state that can be read; the empty one when there is no snapshot.
  ///
  /// @throws CorruptData when there are snapshots, but all are damaged
  public Loaded load() throws IOException {
    removeUnfinished();
    List<Long> positions = positions();
    for (long position : positions.reversed()) {
      try {
        return SnapshotReader.read(disk, name(position), schema, rows);
      } catch (DamagedSnapshot e) {
        LOG.error("{} is damaged, falling back to the one before: {}", name(position), e.detail());
      }
    }
    if (positions.size() >= KEPT) {
      throw new CorruptData("Every snapshot is damaged. Restore the data directory from a copy.");
    }
    return new Loaded(State.empty(schema), 0);
  }

  /// Writes the state, and returns the size of the file.
  public long write(State state) throws IOException {
    String name = name(state.position());
    String unfinished = UNFINISHED + state.position();
    try {
      long bytes = SnapshotWriter.write(disk, unfinished, state, rows);
      disk.rename(unfinished, name);
      disk.sync();
      return bytes;
    } catch (IOException e) {
      disk.delete(unfinished);
      throw e;
    }
  }

  /// Deletes old snapshots, and says up to where the log is needed no more.
  public long prune() throws IOException {
    List<Long> positions = positions();
    while (positions.size() > KEPT) {
      disk.delete(name(positions.removeFirst()));
    }
    disk.sync();
    return positions.size() < KEPT ? 0 : positions.getFirst();
  }

  private void removeUnfinished() throws IOException {
    for (String name : disk.list()) {
      if (name.startsWith(UNFINISHED)) {
        disk.delete(name);
      }
    }
  }

  private List<Long> positions() throws IOException {
    List<Long> positions = new ArrayList<>();
    for (String name : disk.list()) {
      if (name.matches(PREFIX + "\\d{20}")) {
        positions.add(Long.parseLong(name.substring(PREFIX.length())));
      }
    }
    return positions;
  }

  private static String name(long position) {
    return "%s%020d".formatted(PREFIX, position);
  }
}
