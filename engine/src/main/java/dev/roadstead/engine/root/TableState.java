package dev.roadstead.engine.root;

import dev.roadstead.base.Bug;
import dev.roadstead.base.Invariant;
import dev.roadstead.engine.table.Aggregate;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Index;
import dev.roadstead.engine.table.Table;
import java.util.ArrayList;
import java.util.List;
import kotlinx.collections.immutable.ExtensionsKt;
import kotlinx.collections.immutable.PersistentMap;
import org.jspecify.annotations.Nullable;

/// One table's rows with what is kept beside them.
///
/// @param indexes by ordinal: index key to {@link IndexEntry}
/// @param aggregates by ordinal: group to value; groups at zero are absent
record TableState<R extends Record>(
    Table<R> table,
    PersistentMap<String, R> rows,
    List<PersistentMap<String, Object>> indexes,
    List<PersistentMap<String, Object>> aggregates) {

  static <R extends Record> TableState<R> empty(Table<R> table) {
    List<PersistentMap<String, Object>> indexes = new ArrayList<>();
    for (int i = 0; i < table.indexes().size(); i++) {
      indexes.add(ExtensionsKt.persistentHashMapOf());
    }
    List<PersistentMap<String, Object>> aggregates = new ArrayList<>();
    for (int i = 0; i < table.aggregates().size(); i++) {
      aggregates.add(ExtensionsKt.persistentHashMapOf());
    }
    return new TableState<>(table, ExtensionsKt.persistentHashMapOf(), indexes, aggregates);
  }

  @SuppressWarnings("unchecked")
  TableState<R> with(Change change) {
    return switch (change) {
      case Change.Put<?> put -> put(change.key(), (R) put.row());
      case Change.Delete<?> _ -> delete(change.key());
    };
  }

  private TableState<R> put(String key, R row) {
    Invariant.check(table.rowType().isInstance(row), "row of another table");
    R before = rows.get(key);
    return replace(key, before, row, rows.putting(key, row));
  }

  private TableState<R> delete(String key) {
    R before = rows.get(key);
    return before == null ? this : replace(key, before, null, rows.removing(key));
  }

  private TableState<R> replace(
      String key, @Nullable R before, @Nullable R after, PersistentMap<String, R> nextRows) {
    List<PersistentMap<String, Object>> nextIndexes = new ArrayList<>(indexes.size());
    for (Index<R> index : table.indexes()) {
      nextIndexes.add(reindex(indexes.get(index.ordinal()), index, key, before, after));
    }
    List<PersistentMap<String, Object>> nextAggregates = new ArrayList<>(aggregates.size());
    for (Aggregate<R, ?> aggregate : table.aggregates()) {
      nextAggregates.add(fold(aggregates.get(aggregate.ordinal()), aggregate, before, after));
    }
    return new TableState<>(table, nextRows, nextIndexes, nextAggregates);
  }

  private static <R extends Record> PersistentMap<String, Object> reindex(
      PersistentMap<String, Object> entries,
      Index<R> index,
      String key,
      @Nullable R before,
      @Nullable R after) {
    List<String> old = before == null ? List.of() : index.keys().apply(before);
    List<String> now = after == null ? List.of() : index.keys().apply(after);
    if (old.equals(now)) {
      return entries;
    }
    PersistentMap<String, Object> next = entries;
    for (String indexKey : old) {
      if (!now.contains(indexKey)) {
        Object rest = IndexEntry.without(next.get(indexKey), key);
        next = rest == null ? next.removing(indexKey) : next.putting(indexKey, rest);
      }
    }
    for (String indexKey : now) {
      if (!old.contains(indexKey)) {
        next = next.putting(indexKey, IndexEntry.with(next.get(indexKey), key));
      }
    }
    return next;
  }

  @SuppressWarnings("unchecked")
  private static <R extends Record, A> PersistentMap<String, Object> fold(
      PersistentMap<String, Object> values,
      Aggregate<R, A> aggregate,
      @Nullable R before,
      @Nullable R after) {
    PersistentMap<String, Object> next = values;
    String oldGroup = before == null ? null : aggregate.group().apply(before);
    if (oldGroup != null && before != null) {
      Object value = next.get(oldGroup);
      if (value == null) {
        throw new Bug("no value to undo in " + aggregate);
      }
      next = store(next, aggregate, oldGroup, aggregate.minus().apply((A) value, before));
    }
    String newGroup = after == null ? null : aggregate.group().apply(after);
    if (newGroup != null && after != null) {
      Object value = next.get(newGroup);
      A from = value == null ? aggregate.zero() : (A) value;
      next = store(next, aggregate, newGroup, aggregate.plus().apply(from, after));
    }
    return next;
  }

  private static <A> PersistentMap<String, Object> store(
      PersistentMap<String, Object> values, Aggregate<?, A> aggregate, String group, A value) {
    return value.equals(aggregate.zero()) ? values.removing(group) : values.putting(group, value);
  }
}
