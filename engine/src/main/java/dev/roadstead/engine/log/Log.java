package dev.roadstead.engine.log;

import dev.roadstead.base.Invariant;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The log on disk, open for appending. For one thread.
///
/// After an append has thrown, the end of the file is unknown: nothing more may be appended before
/// {@link #repair} has cut it back to what is durable.
public final class Log implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  /// A larger buffer is not kept for the next group.
  private static final int BUFFER_BYTES_KEPT = 4 << 20;

  private final Disk disk;
  private final long segmentBytes;
  private final List<Segment> segments;
  private long position;
  private long length; // of the last segment, as far as it is durable
  private long bytes;
  private Disk.@Nullable Appender file; // of the last segment
  private ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private boolean full; // a new file is to be begun
  private boolean sound = true;

  private Log(Disk disk, long segmentBytes, Replay.End end) {
    this.disk = disk;
    this.segmentBytes = segmentBytes;
    this.segments = new ArrayList<>(end.segments());
    this.position = end.position();
    this.length = end.length();
    this.full = end.full();
    this.bytes = end.replayed();
  }

  /// Takes entries during replay.
  @FunctionalInterface
  public interface Sink {
    void accept(long position, byte[] array, int offset, int length);
  }

  /// Hands on every entry after that position, then opens for appending.
  ///
  /// @param segmentBytes size at which a new file is begun
  /// @throws CorruptData when the log is damaged other than by a crash
  public static Log open(Disk disk, long after, long segmentBytes, Sink sink) throws IOException {
    return new Log(disk, segmentBytes, new Replay(disk, after, sink).run());
  }

  /// The position of the last durable entry.
  public long position() {
    return position;
  }

  /// Bytes replayed and appended so far.
  public long bytes() {
    return bytes;
  }

  /// Writes the group; when this returns, it is durable.
  public void append(Group group) throws IOException {
    if (group.count() == 0) {
      return;
    }
    Invariant.check(sound, "the log must be repaired first");
    Invariant.check(group.firstPosition() == position + 1, "the log has another end");
    sound = false;
    Disk.Appender to = current();
    ByteBuffer frames = frames(group);
    int size = frames.remaining();
    to.write(frames);
    to.force();
    length += size;
    bytes += size;
    position += group.count();
    sound = true;
  }

  private ByteBuffer frames(Group group) {
    int size = group.bytes().size() + group.count() * Frame.HEADER_BYTES;
    ByteBuffer into = buffer.clear();
    if (into.capacity() < size) {
      into = ByteBuffer.allocateDirect(Math.max(size, Math.min(size * 2, BUFFER_BYTES_KEPT)));
      if (into.capacity() <= BUFFER_BYTES_KEPT) {
        buffer = into;
      }
    }
    for (int i = 0; i < group.count(); i++) {
      Frame.write(group, i, into);
    }
    return into.flip();
  }

  private Disk.Appender current() throws IOException {
    Disk.Appender open = file;
    if (segments.isEmpty() || full || length >= segmentBytes) {
      return roll();
    }
    if (open == null) {
      open = disk.append(segments.getLast().name());
      file = open;
    }
    return open;
  }

  private Disk.Appender roll() throws IOException {
    Segment next = new Segment(position + 1);
    closeFile();
    Disk.Appender opened = disk.append(next.name());
    try {
      opened.truncate(0);
      opened.write(next.header());
      opened.force();
      disk.sync();
    } catch (IOException e) {
      opened.close();
      disk.delete(next.name());
      throw e;
    }
    segments.add(next);
    length = Segment.HEADER_BYTES;
    full = false;
    file = opened;
    return opened;
  }

  /// Cuts off what a failed append may have left. Throws when not even that is possible.
  public void repair() throws IOException {
    closeFile();
    if (!segments.isEmpty()) {
      Disk.Appender opened = disk.append(segments.getLast().name());
      try {
        opened.truncate(length);
        opened.force();
      } finally {
        opened.close();
      }
    }
    sound = true;
  }

  /// Deletes the files whose entries are all at or before that position.
  public void dropThrough(long through) throws IOException {
    boolean dropped = false;
    while (segments.size() > 1 && segments.get(1).first() <= through + 1) {
      disk.delete(segments.getFirst().name());
      segments.removeFirst();
      dropped = true;
    }
    if (dropped) {
      disk.sync();
    }
  }

  private void closeFile() {
    Disk.Appender open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    closeFile();
  }
}
