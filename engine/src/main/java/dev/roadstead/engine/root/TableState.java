package dev.roadstead.engine.root;

import dev.roadstead.base.Invariant;
import dev.roadstead.engine.table.Aggregate;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Index;
import dev.roadstead.engine.table.Table;
import java.util.List;
import java.util.Objects;
import kotlinx.collections.immutable.ExtensionsKt;
import kotlinx.collections.immutable.PersistentMap;
import org.jspecify.annotations.Nullable;

/// One table's rows with what is kept beside them. A value; the arrays are never changed, and are
/// shared between versions as long as nothing in them differs.
final class TableState<R extends Record> {
  private final Table<R> table;
  private final PersistentMap<String, R> rows;
  private final PersistentMap<String, Object>[] indexes; // index key to IndexEntry
  private final PersistentMap<String, Object>[] aggregates; // group to value, absent at zero

  private TableState(
      Table<R> table,
      PersistentMap<String, R> rows,
      PersistentMap<String, Object>[] indexes,
      PersistentMap<String, Object>[] aggregates) {
    this.table = table;
    this.rows = rows;
    this.indexes = indexes;
    this.aggregates = aggregates;
  }

  static <R extends Record> TableState<R> empty(Table<R> table) {
    return new TableState<>(
        table,
        ExtensionsKt.persistentHashMapOf(),
        emptyMaps(table.indexes().size()),
        emptyMaps(table.aggregates().size()));
  }

  PersistentMap<String, R> rows() {
    return rows;
  }

  PersistentMap<String, Object> index(Index<?> index) {
    return indexes[index.ordinal()];
  }

  PersistentMap<String, Object> aggregate(Aggregate<?, ?> aggregate) {
    return aggregates[aggregate.ordinal()];
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
    PersistentMap<String, Object>[] nextIndexes = indexes;
    for (int i = 0; i < indexes.length; i++) {
      Index<R> index = table.indexes().get(i);
      nextIndexes = replaced(nextIndexes, i, reindex(indexes[i], index, key, before, after));
    }
    PersistentMap<String, Object>[] nextAggregates = aggregates;
    for (int i = 0; i < aggregates.length; i++) {
      Aggregate<R, ?> aggregate = table.aggregates().get(i);
      nextAggregates = replaced(nextAggregates, i, fold(aggregates[i], aggregate, before, after));
    }
    return new TableState<>(table, nextRows, nextIndexes, nextAggregates);
  }

  @SuppressWarnings("ReferenceEquality") // the same map means that nothing changed
  private PersistentMap<String, Object>[] replaced(
      PersistentMap<String, Object>[] maps, int at, PersistentMap<String, Object> map) {
    if (maps[at] == map) {
      return maps;
    }
    PersistentMap<String, Object>[] next =
        maps == indexes || maps == aggregates ? maps.clone() : maps;
    next[at] = map;
    return next;
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

  private static <R extends Record, A> PersistentMap<String, Object> fold(
      PersistentMap<String, Object> values,
      Aggregate<R, A> aggregate,
      @Nullable R before,
      @Nullable R after) {
    String oldGroup = before == null ? null : aggregate.group().apply(before);
    String newGroup = after == null ? null : aggregate.group().apply(after);
    PersistentMap<String, Object> next = values;
    if (oldGroup != null && before != null) {
      A less = aggregate.minus().apply(value(next, aggregate, oldGroup), before);
      if (Objects.equals(oldGroup, newGroup) && after != null) {
        return store(next, aggregate, oldGroup, aggregate.plus().apply(less, after));
      }
      next = store(next, aggregate, oldGroup, less);
    }
    if (newGroup != null && after != null) {
      A more = aggregate.plus().apply(value(next, aggregate, newGroup), after);
      next = store(next, aggregate, newGroup, more);
    }
    return next;
  }

  /// The group's value. A group whose rows add up to zero has no entry, which is not a mistake.
  @SuppressWarnings("unchecked")
  private static <A> A value(
      PersistentMap<String, Object> values, Aggregate<?, A> aggregate, String group) {
    Object value = values.get(group);
    return value == null ? aggregate.zero() : (A) value;
  }

  private static <A> PersistentMap<String, Object> store(
      PersistentMap<String, Object> values, Aggregate<?, A> aggregate, String group, A value) {
    return value.equals(aggregate.zero()) ? values.removing(group) : values.putting(group, value);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static PersistentMap<String, Object>[] emptyMaps(int count) {
    PersistentMap<String, Object>[] maps = new PersistentMap[count];
    for (int i = 0; i < count; i++) {
      maps[i] = ExtensionsKt.persistentHashMapOf();
    }
    return maps;
  }
}
