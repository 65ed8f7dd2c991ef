package dev.roadstead.engine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.engine.fixture.Box;
import dev.roadstead.engine.fixture.Boxes;
import dev.roadstead.engine.fixture.Property;
import dev.roadstead.engine.fixture.RandomChanges;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Schema;
import dev.roadstead.engine.table.Table;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowFormatTest {
  private final RowFormat format = new RowFormat();

  /// The row as the release before wrote it.
  record Old(String id, int size, @Nullable String gone) {}

  /// The same row now: one field fewer, six more.
  record New(
      String id,
      int size,
      @Nullable String note,
      int level,
      boolean open,
      List<String> tags,
      Map<String, String> options,
      @Nullable List<String> perhaps) {}

  @SuppressWarnings("ArrayRecordComponent")
  record Kinds(
      String id, byte[] blob, Duration pause, Instant at, double ratio, @Nullable Long limit) {
    boolean isBig() {
      return true; // only components are data
    }
  }

  private static final Table<Old> OLD = Table.of("things", Old.class, Old::id);
  private static final Table<New> NEW = Table.of("things", New.class, New::id);
  private static final Table<Kinds> KINDS = Table.of("kinds", Kinds.class, Kinds::id);

  @Test
  void readsRowsOfAnOlderRelease() {
    byte[] written = bytes(new Old("a", 4, "gone"));
    assertThat(read(NEW, written))
        .isEqualTo(new New("a", 4, null, 0, false, List.of(), Map.of(), null));
  }

  @Test
  void readsRowsOfANewerRelease() {
    New row = new New("a", 4, "n", 1, true, List.of("t"), Map.of("k", "v"), List.of());
    assertThat(read(OLD, bytes(row))).isEqualTo(new Old("a", 4, null));
  }

  @Test
  void tellsAnEmptyListFromNone() {
    New row = new New("a", 0, null, 0, false, List.of(), Map.of(), List.of());
    assertThat(read(NEW, bytes(row))).isEqualTo(row);
  }

  @Test
  void keepsBytesDurationsAndNanoseconds() {
    Instant fine = Instant.parse("2026-01-02T03:04:05.000000006Z");
    Kinds row = new Kinds("a", new byte[] {0, -1}, Duration.ofNanos(-7), fine, 0.1, 0L);
    Kinds read = read(KINDS, bytes(row));
    assertThat(read.blob()).containsExactly(0, -1);
    assertThat(read.pause()).isEqualTo(Duration.ofNanos(-7));
    assertThat(read.at()).isEqualTo(fine);
    assertThat(read.ratio()).isEqualTo(0.1);
    assertThat(read.limit()).isZero();
  }

  @Test
  void anInstantTakesNineBytesAtMost() {
    Instant at = Instant.parse("2026-01-02T03:04:05.678Z");
    Box without = Box.of("a", null, 0);
    int more = bytes(without.opening(at)).length - bytes(without).length;
    assertThat(more).isEqualTo("opens".length() + 1 + 9);
  }

  @Test
  void everyRowReadsBackAsItWas() {
    Property.holds(
        300,
        (random, _) -> {
          Box box = RandomChanges.box(random, "a");
          assertThat(read(Boxes.TABLE, bytes(box))).isEqualTo(box);
        });
  }

  @Test
  void everyEntryReadsBackAsItWas() {
    EntryFormat entries = new EntryFormat(Boxes.SCHEMA, format);
    Property.holds(
        200,
        (random, size) -> {
          List<Change> changes = RandomChanges.some(random, size);
          Bytes bytes = new Bytes(1);
          entries.write(changes, bytes);
          assertThat(entries.read(bytes.array(), 0, bytes.size())).isEqualTo(changes);
        });
  }

  @Test
  void aTableOfANewerReleaseIsToldByName() {
    Bytes bytes = new Bytes(16);
    new EntryFormat(Boxes.SCHEMA, format)
        .write(List.of(Boxes.NOTES.put(new Boxes.Note("a", "b"))), bytes);
    EntryFormat older = new EntryFormat(Schema.of(Boxes.TABLE), format);
    assertThatThrownBy(() -> older.read(bytes.array(), 0, bytes.size()))
        .isInstanceOf(UnreadableData.class)
        .hasMessageContaining("'notes'")
        .hasMessageContaining("newer release");
  }

  @Test
  void aRowThatIsNoneIsToldByTable() {
    byte[] junk = "junk".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> read(Boxes.TABLE, junk))
        .isInstanceOf(UnreadableData.class)
        .hasMessageContaining("boxes");
  }

  private byte[] bytes(Record row) {
    Bytes bytes = new Bytes(16);
    format.write(row, bytes);
    byte[] copy = new byte[bytes.size()];
    bytes.toBuffer().get(copy);
    return copy;
  }

  private <R extends Record> R read(Table<R> table, byte[] bytes) {
    return format.read(table, bytes, 0, bytes.length);
  }
}
