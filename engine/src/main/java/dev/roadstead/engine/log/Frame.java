package dev.roadstead.engine.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// How an entry lies in a log file: length of the body (4 bytes), CRC-32C of all that follows (4),
/// position (8), position of the first entry of its group (8), body. Big-endian.
///
/// The group tells a torn write from damage: a group is written only once the one before is
/// durable, so a broken frame with a readable frame of a later group behind it was
/// once whole.
final class Frame {
  static final int HEADER_BYTES = 24;
  private static final int CHECKED_FROM = 8;

  /// Above any body: {@link dev.roadstead.engine.loop.EngineConfig} allows less.
  static final int BODY_BYTES_MAX = 64 << 20;

  private Frame() {}

  static void write(Group group, int entry, ByteBuffer to) {
    int start = group.start(entry);
    int length = group.end(entry) - start;
    int at = to.position();
    to.putInt(length).putInt(0);
    to.putLong(group.firstPosition() + entry).putLong(group.firstPosition());
    to.put(group.bytes().array(), start, length);
    to.putInt(at + 4, crc(to, at + CHECKED_FROM, length + HEADER_BYTES - CHECKED_FROM));
  }

  /// Whether a whole, undamaged frame lies there.
  static boolean isWhole(ByteBuffer file, int at) {
    if (file.limit() - at < HEADER_BYTES) {
      return false;
    }
    int length = file.getInt(at);
    return length >= 0
        && length <= Math.min(BODY_BYTES_MAX, file.limit() - at - HEADER_BYTES)
        && file.getInt(at + 4)
            == crc(file, at + CHECKED_FROM, length + HEADER_BYTES - CHECKED_FROM);
  }

  static int bodyLength(ByteBuffer file, int at) {
    return file.getInt(at);
  }

  static long position(ByteBuffer file, int at) {
    return file.getLong(at + 8);
  }

  static long groupFirst(ByteBuffer file, int at) {
    return file.getLong(at + 16);
  }

  private static int crc(ByteBuffer of, int at, int length) {
    CRC32C crc = new CRC32C();
    crc.update(of.slice(at, length));
    return (int) crc.getValue();
  }
}
