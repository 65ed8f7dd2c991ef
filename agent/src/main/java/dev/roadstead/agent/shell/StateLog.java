package dev.roadstead.agent.shell;

import dev.roadstead.agent.core.TaskState;
import dev.roadstead.base.Bug;
import dev.roadstead.link.codec.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// What the agent remembers over restarts, as a log of small lines `<crc32> <json>`: each line
/// replaces what an earlier one said about the same thing. A line that a crash cut off fails its
/// check and ends the log. Safe from any thread.
final class StateLog implements AutoCloseable {
  /// Rewritten when longer than this and mostly out of date.
  private static final long COMPACT_BYTES = 1024L * 1024;

  private static final int COMPACT_FACTOR = 4;
  private static final int CRC_DIGITS = 8;
  private static final String IMAGE = "image ";

  /// One line: exactly one member is there.
  private record Line(
      @Nullable TaskState task,
      @Nullable String forget,
      @Nullable Long timeline,
      @Nullable Identity instance,
      Images.@Nullable Entry image,
      @Nullable String forgetImage) {
    static Line of(TaskState task) {
      return new Line(task, null, null, null, null, null);
    }
  }

  /// Who this agent is to the control plane.
  record Identity(String cluster, String containerInstanceArn) {}

  /// All that is remembered.
  record Memory(
      List<TaskState> tasks,
      long timeline,
      @Nullable Identity instance,
      List<Images.Entry> images) {}

  private final Path file;
  private final SequencedMap<String, byte[]> live = new LinkedHashMap<>();
  private FileChannel channel;
  private long length;
  private long liveBytes;

  private StateLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static StateLog open(Path dataDir) throws IOException {
    Files.createDirectories(dataDir);
    Path file = dataDir.resolve("agent.state");
    if (!Files.exists(file)) {
      var owner = PosixFilePermissions.fromString("rw-------");
      Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
    }
    return new StateLog(
        file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /// Reads all, and makes the log ready to be written to.
  synchronized Memory read() throws IOException {
    byte[] all = Files.readAllBytes(file);
    var found = new Found();
    int at = 0;
    while (at < all.length) {
      int end = at;
      while (end < all.length && all[end] != '\n') {
        end++;
      }
      byte[] json = checked(all, at, end);
      if (json == null) {
        break;
      }
      take(found, Json.read(json, Line.class), Arrays.copyOfRange(all, at, end + 1));
      at = end + 1;
    }
    length = at;
    channel.truncate(length);
    return new Memory(
        new ArrayList<>(found.tasks.values()),
        found.timeline,
        found.instance,
        new ArrayList<>(found.images.values()));
  }

  /// What was read so far.
  private static final class Found {
    final SequencedMap<String, TaskState> tasks = new LinkedHashMap<>();
    final SequencedMap<String, Images.Entry> images = new LinkedHashMap<>();
    long timeline;
    @Nullable Identity instance;
  }

  private void take(Found found, Line line, byte[] text) {
    TaskState task = line.task();
    String forget = line.forget();
    Images.Entry image = line.image();
    String forgetImage = line.forgetImage();
    Long timeline = line.timeline();
    if (task != null) {
      found.tasks.put(task.arn(), task);
      keep(task.arn(), text);
    } else if (forget != null) {
      found.tasks.remove(forget);
      keep(forget, null);
    } else if (image != null) {
      found.images.put(image.name(), image);
      keep(IMAGE + image.name(), text);
    } else if (forgetImage != null) {
      found.images.remove(forgetImage);
      keep(IMAGE + forgetImage, null);
    } else if (timeline != null) {
      found.timeline = timeline;
      keep("timeline", text);
    } else if (line.instance() != null) {
      found.instance = line.instance();
      keep("instance", text);
    }
  }

  private static byte @Nullable [] checked(byte[] all, int start, int end) {
    if (end >= all.length || end - start <= CRC_DIGITS + 1) {
      return null;
    }
    byte[] json = Arrays.copyOfRange(all, start + CRC_DIGITS + 1, end);
    String crc = new String(all, start, CRC_DIGITS, StandardCharsets.US_ASCII);
    return crc.equals(crc(json)) ? json : null;
  }

  private static String crc(byte[] json) {
    var crc = new CRC32();
    crc.update(json);
    return "%08x".formatted(crc.getValue());
  }

  private void keep(String key, byte @Nullable [] line) {
    byte[] old = line == null ? live.remove(key) : live.put(key, line);
    liveBytes += (line == null ? 0 : line.length) - (old == null ? 0 : old.length);
  }

  synchronized void save(TaskState task) throws IOException {
    append(task.arn(), Line.of(task), true);
  }

  synchronized void forget(String taskArn) throws IOException {
    append(taskArn, new Line(null, taskArn, null, null, null, null), false);
  }

  synchronized void saveTimeline(long timeline) throws IOException {
    append("timeline", new Line(null, null, timeline, null, null, null), true);
  }

  synchronized void saveInstance(Identity instance) throws IOException {
    append("instance", new Line(null, null, null, instance, null, null), true);
    sync();
  }

  /// Not durable at once: what a crash loses is pulled, or removed, once more.
  synchronized void saveImage(Images.Entry image) throws IOException {
    append(IMAGE + image.name(), new Line(null, null, null, null, image, null), true);
  }

  synchronized void forgetImage(String name) throws IOException {
    append(IMAGE + name, new Line(null, null, null, null, null, name), false);
  }

  /// All that was appended is on disk afterwards.
  synchronized void sync() throws IOException {
    channel.force(false);
  }

  private void append(String key, Line line, boolean stays) throws IOException {
    byte[] json = Json.write(line);
    byte[] text =
        (crc(json) + " " + new String(json, StandardCharsets.UTF_8) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    try {
      write(channel, text, length);
    } catch (IOException e) {
      channel.truncate(length); // What a full disk cut off must not hide what comes later.
      throw e;
    }
    length += text.length;
    keep(key, stays ? text : null);
    if (length > COMPACT_BYTES && length > COMPACT_FACTOR * liveBytes) {
      compact();
    }
  }

  private static void write(FileChannel channel, byte[] text, long at) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(text);
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
  }

  /// Writes what still counts to a new file, which takes the old one's place in one move.
  private void compact() throws IOException {
    Path next = file.resolveSibling("agent.state.next");
    Files.deleteIfExists(next);
    var owner = PosixFilePermissions.fromString("rw-------");
    Files.createFile(next, PosixFilePermissions.asFileAttribute(owner));
    FileChannel fresh = FileChannel.open(next, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      long at = 0;
      for (byte[] line : live.values()) {
        write(fresh, line, at);
        at += line.length;
      }
      fresh.force(true);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel directory = FileChannel.open(parent(), StandardOpenOption.READ)) {
        directory.force(true);
      }
      channel.close();
      channel = fresh;
      length = at;
    } catch (IOException e) {
      fresh.close();
      throw e;
    }
  }

  private Path parent() {
    Path parent = file.getParent();
    if (parent == null) {
      throw new Bug("the state file has a directory");
    }
    return parent;
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }
}
