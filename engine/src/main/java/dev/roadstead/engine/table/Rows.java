package dev.roadstead.engine.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be read of a picture of all tables; `engine.root.State` is one.
public interface Rows {
  /// The row of that key, or null when there is none.
  <R extends Record> @Nullable R find(Table<R> table, String key);

  /// The aggregate of this group.
  <R extends Record, A> A value(Aggregate<R, A> aggregate, String group);

  /// Primary keys of the rows an index finds under a text, sorted.
  List<String> keys(Index<?> index, String indexKey);

  /// Every primary key of the table, sorted.
  List<String> keys(Table<?> table);
}
