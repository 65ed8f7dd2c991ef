package dev.roadstead.engine.loop;

import dev.roadstead.engine.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The rows touched since a controller last planned, each once, in the order of first touch. Made
/// by the loop; also by tests.
public final class Dirty {
  private final SequencedMap<Table<?>, SequencedMap<String, Touched<?>>> tables =
      new LinkedHashMap<>();

  /// A row that was put, deleted, or became due.
  ///
  /// @param before the row at the time of the last plan; null when there was none, or after a
  ///     restart
  /// @param after the row now; null when deleted
  public record Touched<R extends Record>(String key, @Nullable R before, @Nullable R after) {
    /// The row now, or as it last was.
    public @Nullable R latest() {
      return after != null ? after : before;
    }
  }

  /// Adds a touch; several of one row become one, from the first `before` to the last `after`.
  @SuppressWarnings("unchecked")
  public <R extends Record> Dirty add(
      Table<R> table, String key, @Nullable R before, @Nullable R after) {
    tables
        .computeIfAbsent(table, _ -> new LinkedHashMap<>())
        .merge(
            key,
            new Touched<>(key, before, after),
            (old, _) -> new Touched<>(key, ((Touched<R>) old).before(), after));
    return this;
  }

  /// The touched rows of a table.
  @SuppressWarnings("unchecked")
  public <R extends Record> List<Touched<R>> rows(Table<R> table) {
    SequencedMap<String, Touched<?>> touched = tables.get(table);
    List<Touched<R>> rows = new ArrayList<>();
    if (touched != null) {
      for (Touched<?> one : touched.sequencedValues()) {
        rows.add((Touched<R>) one);
      }
    }
    return rows;
  }

  public boolean isEmpty() {
    return tables.isEmpty();
  }

  /// How many rows were touched.
  public int size() {
    int size = 0;
    for (SequencedMap<String, Touched<?>> touched : tables.sequencedValues()) {
      size += touched.size();
    }
    return size;
  }

  /// Removes and returns the first touched rows, at most so many.
  Dirty take(int max) {
    Dirty taken = new Dirty();
    int left = max;
    while (left > 0 && !tables.isEmpty()) {
      Table<?> table = tables.firstEntry().getKey();
      SequencedMap<String, Touched<?>> touched = tables.firstEntry().getValue();
      SequencedMap<String, Touched<?>> part = touched;
      if (touched.size() <= left) {
        tables.pollFirstEntry();
      } else {
        part = new LinkedHashMap<>();
        while (part.size() < left) {
          var first = touched.pollFirstEntry();
          part.put(first.getKey(), first.getValue());
        }
      }
      taken.tables.put(table, part);
      left -= part.size();
    }
    return taken;
  }
}
