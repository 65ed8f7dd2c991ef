package dev.roadstead.engine.root;

import dev.roadstead.base.Bug;
import dev.roadstead.base.Invariant;
import dev.roadstead.engine.table.Aggregate;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Index;
import dev.roadstead.engine.table.Schema;
import dev.roadstead.engine.table.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import kotlinx.collections.immutable.PersistentMap;
import org.jspecify.annotations.Nullable;

/// Every row of every table at one log position. A value: `with` makes another and leaves this one.
///
/// Lists come in the order of primary keys, so that nothing depends on the order of a hash table.
public final class State {
  private final Schema schema;
  private final long position;
  private final TableState<?>[] tables; // by ordinal in the schema; never changed

  private State(Schema schema, long position, TableState<?>[] tables) {
    this.schema = schema;
    this.position = position;
    this.tables = tables;
  }

  /// No rows, position 0.
  public static State empty(Schema schema) {
    List<Table<?>> declared = schema.tables();
    TableState<?>[] tables = new TableState<?>[declared.size()];
    for (int i = 0; i < tables.length; i++) {
      tables[i] = TableState.empty(declared.get(i));
    }
    return new State(schema, 0, tables);
  }

  public Schema schema() {
    return schema;
  }

  /// The position of the last log entry in this picture; 0 before the first.
  public long position() {
    return position;
  }

  /// The row of that key, or null when there is none.
  public <R extends Record> @Nullable R find(Table<R> table, String key) {
    return of(table).rows().get(key);
  }

  /// The row of that key, which must exist.
  public <R extends Record> R get(Table<R> table, String key) {
    R row = find(table, key);
    if (row == null) {
      throw new Bug("no row " + key + " in " + table.name());
    }
    return row;
  }

  /// How many rows the table has.
  public int count(Table<?> table) {
    return of(table).rows().size();
  }

  /// Every row, in key order.
  public <R extends Record> List<R> all(Table<R> table) {
    PersistentMap<String, R> rows = of(table).rows();
    return rowsOf(rows, keys(table));
  }

  /// The primary keys found under this index key, sorted.
  public List<String> keys(Index<?> index, String indexKey) {
    Object entry = of(index.table()).index(index).get(indexKey);
    return IndexEntry.sortedKeys(entry);
  }

  /// The rows found under this index key, in primary key order.
  public <R extends Record> List<R> rows(Index<R> index, String indexKey) {
    TableState<R> table = of(index.table());
    Object entry = table.index(index).get(indexKey);
    return rowsOf(table.rows(), IndexEntry.sortedKeys(entry));
  }

  /// The one row found under this index key; null when none. More than one is a bug.
  public <R extends Record> @Nullable R one(Index<R> index, String indexKey) {
    List<R> rows = rows(index, indexKey);
    Invariant.check(rows.size() <= 1, () -> "more than one row in " + index + " at " + indexKey);
    return rows.isEmpty() ? null : rows.getFirst();
  }

  /// How many rows are found under this index key.
  public int count(Index<?> index, String indexKey) {
    return IndexEntry.size(of(index.table()).index(index).get(indexKey));
  }

  /// Every index key under which a row is found, sorted.
  public List<String> indexKeys(Index<?> index) {
    List<String> keys = new ArrayList<>(of(index.table()).index(index).keySet());
    Collections.sort(keys);
    return keys;
  }

  /// The aggregate of this group.
  @SuppressWarnings("unchecked")
  public <R extends Record, A> A value(Aggregate<R, A> aggregate, String group) {
    Object value = of(aggregate.table()).aggregate(aggregate).get(group);
    return value == null ? aggregate.zero() : (A) value;
  }

  /// This picture with the changes applied in order, at the same position.
  public State with(List<? extends Change> changes) {
    if (changes.isEmpty()) {
      return this;
    }
    TableState<?>[] next = tables.clone();
    for (Change change : changes) {
      int ordinal = schema.ordinal(change.table());
      next[ordinal] = next[ordinal].with(change);
    }
    return new State(schema, position, next);
  }

  /// This picture with the changes applied in order, at that position.
  public State with(List<? extends Change> changes, long newPosition) {
    return with(changes).at(newPosition);
  }

  /// The same rows at another position.
  public State at(long newPosition) {
    return newPosition == position ? this : new State(schema, newPosition, tables);
  }

  /// Every primary key of the table, sorted.
  public List<String> keys(Table<?> table) {
    List<String> keys = new ArrayList<>(of(table).rows().keySet());
    Collections.sort(keys);
    return keys;
  }

  /// Calls with every row, in no particular order: for writing snapshots, never for decisions.
  public <R extends Record> void forEachUnordered(Table<R> table, Consumer<? super R> each) {
    of(table).rows().values().forEach(each);
  }

  @SuppressWarnings("unchecked")
  private <R extends Record> TableState<R> of(Table<R> table) {
    return (TableState<R>) tables[schema.ordinal(table)];
  }

  private static <R extends Record> List<R> rowsOf(
      PersistentMap<String, R> rows, List<String> keys) {
    List<R> list = new ArrayList<>(keys.size());
    for (String key : keys) {
      R row = rows.get(key);
      if (row == null) {
        throw new Bug("index points at a missing row " + key);
      }
      list.add(row);
    }
    return list;
  }
}
