package dev.roadstead.engine.table;

import dev.roadstead.base.Invariant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a table is: its name in the log, its row type, how a row's key is read, and what the engine
/// keeps beside the rows (indexes, aggregates, due times). The rows themselves are in a
/// {@link dev.roadstead.engine.root.State}.
///
/// A table is a constant of its plural class. Declared once, then handed to the engine in a
/// {@link Schema}.
///
/// @param <R> the row: an immutable record, readable and writable by the engine's row format
public final class Table<R extends Record> {
  private final String name;
  private final Class<R> rowType;
  private final Function<R, String> key;
  private List<Index<R>> indexes = new ArrayList<>();
  private List<Aggregate<R, ?>> aggregates = new ArrayList<>();
  private List<View.Feed<R, ?>> feeds = new ArrayList<>();
  private @Nullable Function<R, @Nullable Instant> due;
  private boolean sealed;

  private Table(String name, Class<R> rowType, Function<R, String> key) {
    this.name = name;
    this.rowType = rowType;
    this.key = key;
  }

  /// A new table.
  ///
  /// @param name its name in the log and in snapshots: never changed once released
  /// @param key the primary key of a row; the same for the whole life of that row
  public static <R extends Record> Table<R> of(
      String name, Class<R> rowType, Function<R, String> key) {
    return new Table<>(name, rowType, key);
  }

  /// Adds an index: rows found by a text that is computed from them.
  ///
  /// @param keys the texts under which a row is found; empty when under none
  public Index<R> index(String indexName, Function<R, List<String>> keys) {
    Invariant.check(!sealed, "table " + name + " is already in use");
    Index<R> index = new Index<>(this, indexName, indexes.size(), keys);
    indexes.add(index);
    return index;
  }

  /// Adds an aggregate: a value per group of rows, exact after every put and delete, never logged.
  ///
  /// @param group the group of a row; null when it is in none
  /// @param zero the value of a group without rows
  /// @param plus the value with one more row
  /// @param minus the inverse of `plus`
  public <A> Aggregate<R, A> aggregate(
      String aggregateName,
      Function<R, @Nullable String> group,
      A zero,
      Aggregate.Step<A, R> plus,
      Aggregate.Step<A, R> minus) {
    Invariant.check(!sealed, "table " + name + " is already in use");
    Aggregate<R, A> aggregate =
        new Aggregate<>(this, aggregateName, aggregates.size(), group, zero, plus, minus);
    aggregates.add(aggregate);
    return aggregate;
  }

  /// Makes a view depend on this table.
  ///
  /// @param marker says what of the view a change of a row makes different
  public <M> Table<R> feeds(View<?, M> view, View.Marker<R, M> marker) {
    Invariant.check(!sealed, "table " + name + " is already in use");
    feeds.add(new View.Feed<>(view, marker));
    return this;
  }

  /// Gives rows a due time: when it has come, the row is handed to the controllers as if it had
  /// changed. At most once per version of the row.
  public Table<R> dueAt(Function<R, @Nullable Instant> due) {
    Invariant.check(!sealed, "table " + name + " is already in use");
    this.due = due;
    return this;
  }

  /// No more indexes from here on. Called by {@link Schema}.
  void seal() {
    if (!sealed) {
      sealed = true;
      indexes = List.copyOf(indexes);
      aggregates = List.copyOf(aggregates);
      feeds = List.copyOf(feeds);
    }
  }

  public String name() {
    return name;
  }

  public Class<R> rowType() {
    return rowType;
  }

  public String keyOf(R row) {
    return key.apply(row);
  }

  public List<Index<R>> indexes() {
    return sealed ? indexes : List.copyOf(indexes);
  }

  public List<Aggregate<R, ?>> aggregates() {
    return sealed ? aggregates : List.copyOf(aggregates);
  }

  /// The views that depend on this table.
  public List<View<?, ?>> views() {
    return feeds.stream().<View<?, ?>>map(View.Feed::view).toList();
  }

  /// Whether any view depends on this table.
  public boolean feedsViews() {
    return !feeds.isEmpty();
  }

  /// What of the view a change of a row makes different.
  @SuppressWarnings("unchecked") // a feed's view takes what its marker gives
  public <M> void mark(View<?, M> view, @Nullable R before, @Nullable R after, Consumer<M> marks) {
    for (View.Feed<R, ?> feed : feeds) {
      if (feed.view().equals(view)) {
        ((View.Feed<R, M>) feed).marker().mark(before, after, marks);
      }
    }
  }

  /// When this row is due, or null when never.
  public @Nullable Instant dueAt(R row) {
    return due == null ? null : due.apply(row);
  }

  public boolean hasDueTimes() {
    return due != null;
  }

  /// A change that stores the row under its key, replacing what was there.
  public Change put(R row) {
    return new Change.Put<>(this, row);
  }

  /// A change that removes the row of this key, if there is one.
  public Change delete(String rowKey) {
    return new Change.Delete<>(this, rowKey);
  }

  @Override
  public String toString() {
    return name;
  }
}
