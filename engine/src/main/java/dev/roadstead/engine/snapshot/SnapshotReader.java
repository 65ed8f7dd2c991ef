package dev.roadstead.engine.snapshot;

import dev.roadstead.engine.format.EntryFormat;
import dev.roadstead.engine.format.RowFormat;
import dev.roadstead.engine.format.UnreadableData;
import dev.roadstead.engine.log.Disk;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Schema;
import dev.roadstead.engine.table.Table;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// Reads what {@link SnapshotWriter} wrote. The checksum is checked before anything is believed, so
/// that what fails afterwards is a matter of releases, not of damage.
final class SnapshotReader {
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final int ROWS_AT_ONCE = 4_096;

  private final DataInputStream in;
  private final Schema schema;
  private final RowFormat rows;
  private byte[] row = new byte[1024];

  private SnapshotReader(DataInputStream in, Schema schema, RowFormat rows) {
    this.in = in;
    this.schema = schema;
    this.rows = rows;
  }

  static Snapshots.Loaded read(Disk disk, String name, Schema schema, RowFormat rows)
      throws IOException {
    long bytes = check(disk, name);
    try (InputStream file = disk.read(name);
        DataInputStream in = new DataInputStream(new BufferedInputStream(file, BUFFER_BYTES))) {
      return new Snapshots.Loaded(new SnapshotReader(in, schema, rows).state(), bytes);
    }
  }

  /// The size of the file, whose last four bytes are the checksum of the others.
  private static long check(Disk disk, String name) throws IOException {
    CRC32C crc = new CRC32C();
    byte[] chunk = new byte[BUFFER_BYTES];
    long size = 0;
    int held = 0; // the newest four bytes are held back, at the front of the chunk
    try (InputStream in = disk.read(name)) {
      for (int n = in.readNBytes(chunk, held, chunk.length - held);
          n > 0;
          n = in.readNBytes(chunk, held, chunk.length - held)) {
        size += n;
        int end = held + n;
        held = Math.min(Integer.BYTES, end);
        crc.update(chunk, 0, end - held);
        System.arraycopy(chunk, end - held, chunk, 0, held);
      }
    }
    if (held < Integer.BYTES || ByteBuffer.wrap(chunk).getInt(0) != (int) crc.getValue()) {
      throw new DamagedSnapshot("its checksum does not fit its " + size + " bytes");
    }
    return size;
  }

  private State state() throws IOException {
    if (in.readLong() != SnapshotWriter.MAGIC) {
      throw new UnreadableData(
          "The snapshot is of another format. It was written by a newer release: start that one.");
    }
    long position = in.readLong();
    State state = State.empty(schema);
    int tables = in.readInt();
    for (int i = 0; i < tables; i++) {
      state = table(state);
    }
    return state.at(position);
  }

  private State table(State before) throws IOException {
    String name = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    int count = in.readInt();
    Table<?> table = schema.find(name);
    if (table == null) {
      if (count == 0) {
        return before;
      }
      throw EntryFormat.unknownTable(name);
    }
    State state = before;
    List<Change> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(row(table));
      if (some.size() == ROWS_AT_ONCE) {
        state = state.with(some);
        some.clear();
      }
    }
    return state.with(some);
  }

  private <R extends Record> Change row(Table<R> table) throws IOException {
    int length = in.readInt();
    if (length > row.length) {
      row = new byte[Math.max(length, row.length * 2)];
    }
    in.readFully(row, 0, length);
    return table.put(rows.read(table, row, 0, length));
  }
}
