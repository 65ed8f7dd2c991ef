package dev.roadstead.engine.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the log at start-up. What a crash can leave behind (a last write that is not whole) is cut
/// off; anything else that is broken is refused.
final class Replay {
  private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

  private final Disk disk;
  private final Log.Sink sink;
  private long position; // of the newest entry known
  private long next; // where the files read so far go on

  /// @param after the position up to which entries are not needed
  Replay(Disk disk, long after, Log.Sink sink) {
    this.disk = disk;
    this.sink = sink;
    this.position = after;
    this.next = after + 1;
  }

  /// Where appending goes on.
  ///
  /// @param segments every file, also those before the entries that were needed
  /// @param length of the last file
  /// @param replayed bytes of all files read
  /// @param full whether a new file is to be begun: the last one ends before the position
  record End(List<Segment> segments, long position, long length, long replayed, boolean full) {}

  End run() throws IOException {
    List<Segment> segments = Segment.list(disk);
    long replayed = 0;
    long length = 0;
    int start = firstNeeded(segments);
    for (int i = start; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      if (segment.first() > next || (i > start && segment.first() < next)) {
        throw gap(segment);
      }
      boolean last = i == segments.size() - 1;
      byte[] bytes = segment.load(disk);
      ByteBuffer file = ByteBuffer.wrap(bytes);
      if (!segment.hasHeader(file)) {
        if (!last || laterGroupFollows(file, 0, segment.first() - 1)) {
          throw damaged(segment, 0);
        }
        drop(segment);
        return new End(segments.subList(0, i), position, length, replayed, true);
      }
      next = segment.first();
      length = read(segment, bytes, last);
      replayed += length;
    }
    return new End(segments, position, length, replayed, next <= position);
  }

  /// The last segment that begins at or before the first entry wanted.
  private int firstNeeded(List<Segment> segments) {
    int first = 0;
    while (first + 1 < segments.size() && segments.get(first + 1).first() <= next) {
      first++;
    }
    return first;
  }

  /// Hands on the entries of a file and returns its sound length.
  private int read(Segment segment, byte[] bytes, boolean last) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(bytes);
    int at = Segment.HEADER_BYTES;
    while (at < file.limit() && Frame.isWhole(file, at)) {
      if (Frame.position(file, at) != next) {
        throw damaged(segment, at);
      }
      int length = Frame.bodyLength(file, at);
      if (next > position) {
        sink.accept(next, bytes, at + Frame.HEADER_BYTES, length);
        position = next;
      }
      next++;
      at += Frame.HEADER_BYTES + length;
    }
    if (at < file.limit()) {
      if (!last || laterGroupFollows(file, at, next)) {
        throw damaged(segment, at);
      }
      LOG.warn("{}: cut off {} bytes of an unfinished write", segment.name(), file.limit() - at);
      cut(segment, at);
    }
    return at;
  }

  private static boolean laterGroupFollows(ByteBuffer file, int from, long after) {
    for (int at = from + 1; at <= file.limit() - Frame.HEADER_BYTES; at++) {
      long first = Frame.groupFirst(file, at);
      if (first > after
          && first <= Frame.position(file, at)
          && Frame.position(file, at) - after < file.limit()
          && Frame.isWhole(file, at)) {
        return true;
      }
    }
    return false;
  }

  private void cut(Segment segment, long length) throws IOException {
    try (Disk.Appender file = disk.append(segment.name())) {
      file.truncate(length);
      file.force();
    }
  }

  private void drop(Segment segment) throws IOException {
    LOG.warn("{}: removed, it was not begun whole", segment.name());
    disk.delete(segment.name());
    disk.sync();
  }

  private static CorruptData damaged(Segment segment, int at) {
    return new CorruptData(
        "The log file "
            + segment.name()
            + " is damaged at byte "
            + at
            + ", before entries that were written later. Restore the data directory from a copy.");
  }

  private CorruptData gap(Segment segment) {
    return new CorruptData(
        "The log goes on with "
            + segment.name()
            + ", but entries from position "
            + next
            + " are missing. Restore the data directory from a copy.");
  }
}
