package dev.roadstead.engine.table;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A value derived from the rows of several tables, kept up from what was touched and never logged:
/// for answers that no index gives. Tables that it reads feed it by {@link Table#feeds}.
///
/// The value is a function of the rows alone: one kept up over many changes equals one made anew.
/// It is brought up to date when somebody reads it, once for all changes since it was last read.
///
/// @param name for messages
/// @param empty the value of a picture without rows
/// @param refresh brings a value up to date
/// @param <V> immutable
/// @param <M> a mark: names what may differ, such as a row's key
public record View<V, M>(String name, V empty, Refresh<V, M> refresh) {
  /// The value for these rows, given the one for earlier rows and a mark for everything that may
  /// differ between the two. The same mark may come more than once.
  @FunctionalInterface
  public interface Refresh<V, M> {
    V apply(V before, Rows rows, List<M> marks);
  }

  /// Marks what a change of a row makes different: nothing when it does not matter.
  @FunctionalInterface
  public interface Marker<R extends Record, M> {
    void mark(@Nullable R before, @Nullable R after, Consumer<M> marks);
  }

  /// A table's part in a view.
  record Feed<R extends Record, M>(View<?, M> view, Marker<R, M> marker) {}

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return name;
  }
}
