package dev.roadstead.engine.root;

import dev.roadstead.base.Bug;
import dev.roadstead.base.Invariant;
import dev.roadstead.engine.table.Aggregate;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Index;
import dev.roadstead.engine.table.Rows;
import dev.roadstead.engine.table.Schema;
import dev.roadstead.engine.table.Table;
import dev.roadstead.engine.table.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import kotlinx.collections.immutable.PersistentMap;
import org.jspecify.annotations.Nullable;

/// Every row of every table at one log position. A value: `with` makes another and leaves this one.
///
/// Lists come in the order of primary keys, so that nothing depends on the order of a hash table.
public final class State implements Rows {
  private final Schema schema;
  private final long position;
  private final TableState<?>[] tables; // by ordinal in the schema; never changed
  private final ViewState<?, ?>[] views; // in the order of the schema's; never changed

  private State(Schema schema, long position, TableState<?>[] tables, ViewState<?, ?>[] views) {
    this.schema = schema;
    this.position = position;
    this.tables = tables;
    this.views = views;
  }

  /// No rows, position 0.
  public static State empty(Schema schema) {
    List<Table<?>> declared = schema.tables();
    TableState<?>[] tables = new TableState<?>[declared.size()];
    for (int i = 0; i < tables.length; i++) {
      tables[i] = TableState.empty(declared.get(i));
    }
    ViewState<?, ?>[] views = new ViewState<?, ?>[schema.views().size()];
    for (int i = 0; i < views.length; i++) {
      views[i] = ViewState.empty(schema.views().get(i));
    }
    return new State(schema, 0, tables, views);
  }

  public Schema schema() {
    return schema;
  }

  /// The position of the last log entry in this picture; 0 before the first.
  public long position() {
    return position;
  }

  @Override
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
  @Override
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

  @Override
  @SuppressWarnings("unchecked")
  public <R extends Record, A> A value(Aggregate<R, A> aggregate, String group) {
    Object value = of(aggregate.table()).aggregate(aggregate).get(group);
    return value == null ? aggregate.zero() : (A) value;
  }

  /// The view's value for these rows. The first reader pays for what changed since the last.
  @SuppressWarnings("unchecked")
  public <V> V view(View<V, ?> view) {
    int at = schema.views().indexOf(view);
    if (at < 0) {
      throw new Bug("view " + view + " is not in the schema");
    }
    return (V) views[at].value(this);
  }

  /// This picture with the changes applied in order, at the same position.
  public State with(List<? extends Change> changes) {
    if (changes.isEmpty()) {
      return this;
    }
    TableState<?>[] next = tables.clone();
    ViewState<?, ?>[] nextViews = views.length == 0 ? views : views.clone();
    for (Change change : changes) {
      int ordinal = schema.ordinal(change.table());
      TableState<?> before = next[ordinal];
      next[ordinal] = before.with(change);
      mark(nextViews, change.table(), before, next[ordinal], change.key());
    }
    State state = new State(schema, position, next, nextViews);
    for (ViewState<?, ?> view : nextViews) {
      view.bound(state);
    }
    return state;
  }

  /// This picture with the changes applied in order, at that position.
  public State with(List<? extends Change> changes, long newPosition) {
    return with(changes).at(newPosition);
  }

  /// The same rows at another position.
  public State at(long newPosition) {
    return newPosition == position ? this : new State(schema, newPosition, tables, views);
  }

  @Override
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

  @SuppressWarnings("unchecked")
  private static <R extends Record> void mark(
      ViewState<?, ?>[] views,
      Table<R> table,
      TableState<?> before,
      TableState<?> after,
      String key) {
    if (!table.feedsViews()) {
      return;
    }
    R was = ((TableState<R>) before).rows().get(key);
    R is = ((TableState<R>) after).rows().get(key);
    for (int i = 0; i < views.length; i++) {
      views[i] = views[i].marked(table, was, is);
    }
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
