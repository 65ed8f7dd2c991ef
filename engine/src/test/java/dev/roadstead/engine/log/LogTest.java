package dev.roadstead.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.engine.fixture.Boxes;
import dev.roadstead.engine.fixture.FakeDisk;
import dev.roadstead.engine.fixture.Property;
import dev.roadstead.engine.root.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogTest {
  private static final long SEGMENT_BYTES = 1 << 20;

  private final FakeDisk disk = new FakeDisk();

  @Test
  void readsBackWhatWasAppended() throws IOException {
    try (Log log = open(disk, new ArrayList<>())) {
      append(log, "one", "two");
      append(log, "three");
    }
    assertThat(read(disk)).containsExactly("1 one", "2 two", "3 three");
  }

  @Test
  void oneForcePerGroup() throws IOException {
    try (Log log = open(disk, new ArrayList<>())) {
      append(log, "first");
      int before = disk.forces();
      append(log, "a", "b", "c", "d");
      assertThat(disk.forces()).isEqualTo(before + 1);
    }
  }

  @Test
  void aTornTailIsCutAtEveryByte() throws IOException {
    String name = written("one", "two", "three");
    byte[] whole = disk.content(name);
    int lastStart = whole.length - Frame.HEADER_BYTES - "three".length();
    for (int length = lastStart; length < whole.length; length++) {
      FakeDisk torn = new FakeDisk();
      torn.put(name, Arrays.copyOf(whole, length));
      assertThat(read(torn)).as("cut at %d", length).containsExactly("1 one", "2 two");
      try (Log log = open(torn, new ArrayList<>())) {
        append(log, "again");
      }
      assertThat(read(torn)).containsExactly("1 one", "2 two", "3 again");
    }
  }

  @Test
  void aDamagedLastEntryIsCutWhateverTheByte() throws IOException {
    String name = written("one", "two", "three");
    byte[] whole = disk.content(name);
    int lastStart = whole.length - Frame.HEADER_BYTES - "three".length();
    for (int at = lastStart; at < whole.length; at++) {
      FakeDisk damaged = new FakeDisk();
      damaged.put(name, flipped(whole, at));
      assertThat(read(damaged)).as("byte %d", at).containsExactly("1 one", "2 two");
    }
  }

  @Test
  void damageBeforeALaterGroupIsRefusedWhateverTheByte() throws IOException {
    String name = written("one", "two", "three");
    byte[] whole = disk.content(name);
    int lastStart = whole.length - Frame.HEADER_BYTES - "three".length();
    for (int at = 0; at < lastStart; at++) {
      FakeDisk damaged = new FakeDisk();
      damaged.put(name, flipped(whole, at));
      assertThatThrownBy(() -> read(damaged))
          .as("byte %d", at)
          .isInstanceOf(CorruptData.class)
          .hasMessageContaining(name);
    }
  }

  /// Pages reach the disk in any order: the end of a group may be there without its middle.
  @Test
  void aGroupOfWhichTheMiddleIsMissingIsATornTail() throws IOException {
    try (Log log = open(disk, new ArrayList<>())) {
      append(log, "one");
      append(log, "two", "three", "four");
    }
    String name = disk.last("log-");
    byte[] whole = disk.content(name);
    int threeEnd = whole.length - Frame.HEADER_BYTES - "four".length();
    Arrays.fill(whole, threeEnd - "three".length(), threeEnd, (byte) 0);
    disk.put(name, whole);
    assertThat(read(disk)).containsExactly("1 one", "2 two");
  }

  @Test
  void aFileThatWasNotBegunWholeIsRemoved() throws IOException {
    String name = written("one");
    for (int length = 0; length < Segment.HEADER_BYTES; length++) {
      FakeDisk crashed = disk.copy();
      Segment next = new Segment(2);
      crashed.put(next.name(), Arrays.copyOf(next.header().array(), length));
      assertThat(read(crashed)).containsExactly("1 one");
      assertThat(crashed.list()).containsExactly(name);
    }
  }

  @Test
  void aMissingFileIsRefused() throws IOException {
    try (Log log = Log.open(disk, 0, 1, (_, _, _, _) -> {})) {
      append(log, "one");
      append(log, "two");
      append(log, "three");
    }
    disk.delete(new Segment(2).name());
    assertThatThrownBy(() -> read(disk))
        .isInstanceOf(CorruptData.class)
        .hasMessageContaining("position 2");
  }

  @Test
  void dropsOnlyFilesThatAreNotNeeded() throws IOException {
    try (Log log = Log.open(disk, 0, 1, (_, _, _, _) -> {})) {
      append(log, "one");
      append(log, "two", "three");
      append(log, "four");
      log.dropThrough(2);
      assertThat(disk.list()).hasSize(2);
      log.dropThrough(3);
      assertThat(disk.list()).hasSize(1);
      log.dropThrough(4);
      assertThat(disk.list()).hasSize(1);
    }
    List<String> entries = new ArrayList<>();
    try (Log log = Log.open(disk, 3, 1, sink(entries))) {
      append(log, "five");
    }
    assertThat(entries).containsExactly("4 four");
  }

  @Test
  void goesOnBehindASnapshotThatIsNewerThanTheLog() throws IOException {
    written("one");
    try (Log log = Log.open(disk, 5, SEGMENT_BYTES, (_, _, _, _) -> {})) {
      append(log, "six");
    }
    List<String> entries = new ArrayList<>();
    Log.open(disk, 5, SEGMENT_BYTES, sink(entries)).close();
    assertThat(entries).containsExactly("6 six");
  }

  @Test
  void aWriteThatFailedLeavesNothingBehindOnceRepaired() throws IOException {
    try (Log log = open(disk, new ArrayList<>())) {
      append(log, "one");
      disk.leaveRoom(30);
      assertThatThrownBy(() -> append(log, "a long entry that does not fit"))
          .isInstanceOf(IOException.class);
      log.repair();
      disk.leaveRoom(Long.MAX_VALUE);
      append(log, "two");
    }
    assertThat(read(disk)).containsExactly("1 one", "2 two");
  }

  @Test
  void aForceThatFailedLeavesNothingBehindOnceRepaired() throws IOException {
    try (Log log = open(disk, new ArrayList<>())) {
      append(log, "one");
      disk.failForces(true);
      assertThatThrownBy(() -> append(log, "lost")).isInstanceOf(IOException.class);
      disk.failForces(false);
      log.repair();
      append(log, "two");
    }
    assertThat(read(disk.crash())).containsExactly("1 one", "2 two");
  }

  @Test
  void whatWasAppendedSurvivesCrashesAtAnyTimeAndFileSize() {
    Property.holds(
        60,
        (random, size) -> {
          FakeDisk now = new FakeDisk();
          List<String> expected = new ArrayList<>();
          long segmentBytes = random.nextLong(1, 200);
          for (int life = 0; life < 3; life++) {
            List<String> found = new ArrayList<>();
            try (Log log = Log.open(now, 0, segmentBytes, sink(found))) {
              assertThat(found).isEqualTo(expected);
              for (int i = random.nextInt(size + 1); i > 0; i--) {
                String[] entries = new String[1 + random.nextInt(3)];
                for (int j = 0; j < entries.length; j++) {
                  entries[j] = "x".repeat(random.nextInt(20));
                  expected.add(expected.size() + 1 + " " + entries[j]);
                }
                append(log, entries);
              }
            }
            now = now.crash();
          }
        });
  }

  private String written(String... entries) throws IOException {
    try (Log log = open(disk, new ArrayList<>())) {
      for (String entry : entries) {
        append(log, entry);
      }
    }
    return disk.last("log-");
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] copy = bytes.clone();
    copy[at] ^= 0x10;
    return copy;
  }

  private static void append(Log log, String... entries) throws IOException {
    State state = State.empty(Boxes.SCHEMA).at(log.position());
    Group group = new Group(1, state);
    for (String entry : entries) {
      state = state.at(state.position() + 1);
      byte[] bytes = entry.getBytes(StandardCharsets.UTF_8);
      group.bytes().write(bytes, 0, bytes.length);
      group.close(state);
    }
    log.append(group);
  }

  private static List<String> read(Disk disk) throws IOException {
    List<String> entries = new ArrayList<>();
    open(disk, entries).close();
    return entries;
  }

  private static Log open(Disk disk, List<String> into) throws IOException {
    return Log.open(disk, 0, SEGMENT_BYTES, sink(into));
  }

  private static Log.Sink sink(List<String> into) {
    return (position, array, offset, length) ->
        into.add(position + " " + new String(array, offset, length, StandardCharsets.UTF_8));
  }
}
