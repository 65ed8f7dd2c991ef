package dev.roadstead.engine.snapshot;

import dev.roadstead.engine.format.Bytes;
import dev.roadstead.engine.format.RowFormat;
import dev.roadstead.engine.log.Disk;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// Writes a state: mark (8 bytes), position (8), number of tables (4); for each table the length
/// (4) and text of its name, the number of rows (4), and each row's length (4) and bytes; last the
/// CRC-32C (4) of all before. Big-endian.
final class SnapshotWriter {
  static final long MAGIC = 0x52_53_53_4e_41_50_00_01L; // "RSSNAP", version 1
  private static final int CHUNK_BYTES = 256 * 1024;

  private final Disk.Appender file;
  private final RowFormat rows;
  private final Bytes chunk = new Bytes(CHUNK_BYTES * 2);
  private final CRC32C crc = new CRC32C();
  private long written;

  private SnapshotWriter(Disk.Appender file, RowFormat rows) {
    this.file = file;
    this.rows = rows;
  }

  /// Writes and syncs the file, and returns its size.
  static long write(Disk disk, String name, State state, RowFormat rows) throws IOException {
    try (Disk.Appender file = disk.append(name)) {
      file.truncate(0);
      SnapshotWriter writer = new SnapshotWriter(file, rows);
      writer.write(state);
      file.force();
      return writer.written;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void write(State state) throws IOException {
    number(MAGIC, Long.BYTES);
    number(state.position(), Long.BYTES);
    number(state.schema().tables().size(), Integer.BYTES);
    for (Table<?> table : state.schema().tables()) {
      byte[] name = table.name().getBytes(StandardCharsets.UTF_8);
      number(name.length, Integer.BYTES);
      chunk.write(name, 0, name.length);
      number(state.count(table), Integer.BYTES);
      state.forEachUnordered(table, this::row);
    }
    flush();
    number(crc.getValue(), Integer.BYTES);
    flush();
  }

  private void row(Record row) {
    int mark = chunk.size();
    number(0, Integer.BYTES);
    rows.write(row, chunk);
    ByteBuffer.wrap(chunk.array()).putInt(mark, chunk.size() - mark - Integer.BYTES);
    if (chunk.size() >= CHUNK_BYTES) {
      flush();
    }
  }

  private void number(long value, int bytes) {
    for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      chunk.write((int) (value >>> shift));
    }
  }

  private void flush() {
    try {
      crc.update(chunk.array(), 0, chunk.size());
      file.write(chunk.toBuffer());
      written += chunk.size();
      chunk.cut(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
