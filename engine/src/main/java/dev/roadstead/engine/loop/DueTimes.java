package dev.roadstead.engine.loop;

import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Schema;
import dev.roadstead.engine.table.Table;
import dev.roadstead.engine.watch.Commit.Touch;
import java.time.Instant;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// When rows fall due, soonest first; ties by table and key. A row is in it at most once, and no
/// more once it has fallen due, until it changes.
final class DueTimes {
  private record Due(Instant at, int ordinal, String key) {}

  private final Schema schema;
  private final TreeSet<Due> times =
      new TreeSet<>(
          Comparator.comparing(Due::at).thenComparingInt(Due::ordinal).thenComparing(Due::key));

  DueTimes(Schema schema) {
    this.schema = schema;
  }

  /// Begins again with every row of this state.
  void rebuild(State state) {
    times.clear();
    for (Table<?> table : schema.tables()) {
      if (table.hasDueTimes()) {
        addAll(state, table);
      }
    }
  }

  private <R extends Record> void addAll(State state, Table<R> table) {
    int ordinal = schema.ordinal(table);
    state.forEachUnordered(table, row -> add(table, ordinal, table.keyOf(row), row));
  }

  <R extends Record> void changed(Touch<R> touch) {
    Table<R> table = touch.table();
    if (!table.hasDueTimes()) {
      return;
    }
    int ordinal = schema.ordinal(table);
    Instant old = touch.before() == null ? null : table.dueAt(touch.before());
    if (old != null) {
      times.remove(new Due(old, ordinal, touch.key()));
    }
    if (touch.after() != null) {
      add(table, ordinal, touch.key(), touch.after());
    }
  }

  private <R extends Record> void add(Table<R> table, int ordinal, String key, R row) {
    Instant at = table.dueAt(row);
    if (at != null) {
      times.add(new Due(at, ordinal, key));
    }
  }

  /// Takes out the first row that is due by now, as a touch that changes nothing; null when none.
  @Nullable Touch<?> poll(State state, Instant now) {
    if (times.isEmpty() || times.first().at().isAfter(now)) {
      return null;
    }
    Due due = times.removeFirst();
    return touch(state, schema.tables().get(due.ordinal()), due.key());
  }

  private static <R extends Record> Touch<R> touch(State state, Table<R> table, String key) {
    R row = state.get(table, key);
    return new Touch<>(table, key, row, row);
  }

  /// When the next row falls due; null when none ever does.
  @Nullable Instant next() {
    return times.isEmpty() ? null : times.first().at();
  }
}
