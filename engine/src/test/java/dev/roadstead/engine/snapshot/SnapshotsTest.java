package dev.roadstead.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.engine.fixture.Box;
import dev.roadstead.engine.fixture.Boxes;
import dev.roadstead.engine.fixture.FakeDisk;
import dev.roadstead.engine.fixture.Property;
import dev.roadstead.engine.fixture.RandomChanges;
import dev.roadstead.engine.fixture.States;
import dev.roadstead.engine.format.RowFormat;
import dev.roadstead.engine.format.UnreadableData;
import dev.roadstead.engine.log.CorruptData;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Schema;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
  private static final RowFormat ROWS = new RowFormat();

  private final FakeDisk disk = new FakeDisk();
  private final Snapshots snapshots = over(disk);

  @Test
  void writingThenLoadingChangesNothing() {
    Property.holds(
        100,
        (random, size) -> {
          FakeDisk fresh = new FakeDisk();
          State state = State.empty(Boxes.SCHEMA).at(random.nextInt(1_000));
          state = state.with(RandomChanges.some(random, size * 10));
          over(fresh).write(state);
          States.assertSame(over(fresh.crash()).load().state(), state);
        });
  }

  @Test
  void loadsManyRows() throws IOException {
    State state = State.empty(Boxes.SCHEMA);
    for (int i = 0; i < 10_000; i++) {
      state = state.with(List.of(Boxes.TABLE.put(Box.of("k" + i, "s" + i % 7, i))));
    }
    long bytes = snapshots.write(state);
    Snapshots.Loaded loaded = snapshots.load();
    States.assertSame(loaded.state(), state);
    assertThat(loaded.bytes()).isEqualTo(bytes);
  }

  @Test
  void aHalfWrittenOrDamagedSnapshotFallsBackToTheOneBefore() throws IOException {
    State older = state("older", 5);
    snapshots.write(older);
    snapshots.write(state("newer", 9));
    String name = disk.last("snapshot-");
    byte[] whole = disk.content(name);
    for (int at = 0; at < whole.length; at++) {
      FakeDisk half = disk.copy();
      half.put(name, Arrays.copyOf(whole, at));
      States.assertSame(over(half).load().state(), older);
      FakeDisk damaged = disk.copy();
      byte[] flipped = whole.clone();
      flipped[at] ^= 1;
      damaged.put(name, flipped);
      States.assertSame(over(damaged).load().state(), older);
    }
  }

  @Test
  void refusesWhenEverySnapshotIsDamaged() throws IOException {
    for (int position = 1; position <= 2; position++) {
      snapshots.write(state("a", position));
      disk.put(disk.last("snapshot-"), new byte[3]);
    }
    assertThatThrownBy(snapshots::load).isInstanceOf(CorruptData.class);
  }

  @Test
  void keepsTwoAndSaysWhichLogIsNeeded() throws IOException {
    snapshots.write(state("a", 3));
    assertThat(snapshots.prune()).isZero();
    snapshots.write(state("a", 7));
    snapshots.write(state("a", 9));
    assertThat(snapshots.prune()).isEqualTo(7);
    assertThat(disk.list()).hasSize(2);
  }

  @Test
  void whatWasLeftUnfinishedIsRemoved() throws IOException {
    disk.leaveRoom(20);
    assertThatThrownBy(() -> snapshots.write(state("a", 1))).isInstanceOf(IOException.class);
    assertThat(disk.list()).isEmpty();
    disk.put("unfinished-snapshot-1", new byte[4]);
    assertThat(snapshots.load().state().position()).isZero();
    assertThat(disk.list()).isEmpty();
  }

  @Test
  void aTableOfANewerReleaseIsToldByName() throws IOException {
    State state =
        State.empty(Boxes.SCHEMA).with(List.of(Boxes.NOTES.put(new Boxes.Note("a", "b"))));
    snapshots.write(state);
    Snapshots older = new Snapshots(disk, Schema.of(Boxes.TABLE), new RowFormat());
    assertThatThrownBy(older::load)
        .isInstanceOf(UnreadableData.class)
        .hasMessageContaining("'notes'");
  }

  @Test
  void anEmptyTableOfANewerReleaseIsNoObstacle() throws IOException {
    snapshots.write(state("a", 4));
    Snapshots older = new Snapshots(disk, Schema.of(Boxes.TABLE), new RowFormat());
    assertThat(older.load().state().get(Boxes.TABLE, "a").weight()).isEqualTo(4);
  }

  private static State state(String key, int position) {
    return State.empty(Boxes.SCHEMA)
        .with(List.of(Boxes.TABLE.put(Box.of(key, "shelf", position))), position);
  }

  private static Snapshots over(FakeDisk disk) {
    return new Snapshots(disk, Boxes.SCHEMA, ROWS);
  }
}
