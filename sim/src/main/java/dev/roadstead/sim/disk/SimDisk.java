package dev.roadstead.sim.disk;

import dev.roadstead.engine.log.Disk;
import dev.roadstead.sim.time.Chance;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A directory in memory. After a loss of power it has what was forced, and of the rest a random
/// beginning: bytes of each file, and changes of names in their order. Can be full, can fail.
public final class SimDisk implements Disk {
  private static final int AT_FIRST = 4096;

  private final TreeMap<String, Content> files = new TreeMap<>();
  private TreeMap<String, Content> synced = new TreeMap<>(); // names as they are durable
  private final List<NameChange> changes = new ArrayList<>(); // since then
  private long room = Long.MAX_VALUE;
  private int operationsLeft = Integer.MAX_VALUE;
  private boolean lies;

  /// Thrown by what the power failed under. No trouble of the disk's: nobody may handle it.
  public static final class PowerLost extends RuntimeException {
    PowerLost() {
      super("the power is gone", null, false, false);
    }
  }

  private interface NameChange {
    void apply(Map<String, Content> names);
  }

  /// What is in a file, and how much of it would survive.
  private static final class Content {
    byte[] bytes = new byte[AT_FIRST];
    int length;
    byte[] forced = new byte[0];

    void write(ByteBuffer from, int count) {
      if (length + count > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
      }
      from.get(bytes, length, count);
      length += count;
    }

    /// What is there after a crash: what was forced, or that as far as it was cut and written
    /// over, with a beginning of what was not forced. The kernel may have written any of it.
    void crash(Chance chance) {
      if (chance.below(2) == 0) {
        int same = Math.min(length, forced.length);
        int more = length - same;
        int kept = more <= 0 ? same : same + chance.below(more + 1);
        boolean cut = length < forced.length;
        byte[] left = cut && chance.below(2) == 0 ? forced : Arrays.copyOf(bytes, kept);
        bytes = left.clone();
        if (bytes.length > same && !cut && chance.below(3) == 0) {
          int hole = chance.between(same, bytes.length - 1);
          Arrays.fill(bytes, hole, chance.between(hole, bytes.length), (byte) 0);
        }
      } else {
        bytes = forced.clone();
      }
      length = bytes.length;
      forced = bytes.clone();
    }
  }

  /// So many more bytes fit; `Long.MAX_VALUE` for as many as come.
  public void leaveRoom(long bytes) {
    room = bytes;
  }

  /// From now on nothing is forced, whatever is said.
  public void lie() {
    lies = true;
  }

  /// So many more operations succeed; the next is cut off and so are all after it.
  public void losePowerAfter(int operations) {
    operationsLeft = operations;
  }

  /// What is found when the power is back.
  public void crash(Chance chance) {
    operationsLeft = Integer.MAX_VALUE;
    int survived = chance.below(changes.size() + 1);
    for (int i = 0; i < survived; i++) {
      changes.get(i).apply(synced);
    }
    changes.clear();
    synced.values().forEach(one -> one.crash(chance));
    files.clear();
    files.putAll(synced);
  }

  /// Bytes in all files.
  public long bytes() {
    long sum = 0;
    for (Content one : files.values()) {
      sum += one.length;
    }
    return sum;
  }

  private boolean cutOff() {
    if (operationsLeft == Integer.MAX_VALUE) {
      return false;
    }
    return operationsLeft-- <= 0;
  }

  private void operate() {
    if (cutOff()) {
      throw new PowerLost();
    }
  }

  private void rename(NameChange change) {
    operate();
    change.apply(files);
    changes.add(change);
  }

  @Override
  public List<String> list() {
    return List.copyOf(files.sequencedKeySet());
  }

  @Override
  public Appender append(String name) {
    if (!files.containsKey(name)) {
      Content fresh = new Content();
      rename(names -> names.put(name, fresh));
    }
    return new Open(content(name));
  }

  private Content content(String name) {
    Content content = files.get(name);
    if (content == null) {
      throw new IllegalStateException(name);
    }
    return content;
  }

  @Override
  public InputStream read(String name) throws IOException {
    Content content = files.get(name);
    if (content == null) {
      throw new FileNotFoundException(name);
    }
    return new ByteArrayInputStream(content.bytes, 0, content.length);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    if (!files.containsKey(from)) {
      throw new FileNotFoundException(from);
    }
    Content moved = content(from);
    rename(
        names -> {
          names.remove(from);
          names.put(to, moved);
        });
  }

  @Override
  public void delete(String name) {
    Content gone = files.get(name);
    if (gone != null) {
      rename(names -> names.remove(name));
      give(gone.length);
    }
  }

  @Override
  public void sync() {
    operate();
    changes.clear();
    synced = new TreeMap<>(files);
  }

  @Override
  public void close() {}

  private void give(long bytes) {
    if (room != Long.MAX_VALUE) {
      room += bytes;
    }
  }

  private final class Open implements Appender {
    private final Content content;

    Open(Content content) {
      this.content = content;
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
      if (cutOff()) {
        content.write(from, Math.min(from.remaining(), from.remaining() / 2));
        throw new PowerLost();
      }
      int fits = (int) Math.min(room, from.remaining());
      content.write(from, fits);
      give(-fits);
      if (from.hasRemaining()) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void force() {
      operate();
      if (lies) {
        return;
      }
      content.forced = Arrays.copyOf(content.bytes, content.length);
    }

    @Override
    public void truncate(long size) {
      operate();
      if (size < content.length) {
        give(content.length - size);
        content.length = (int) size;
      }
    }

    @Override
    public void close() {}
  }
}
