package dev.roadstead.engine.table;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A value per group of rows. Made by {@link Table#aggregate}.
///
/// @param ordinal its place among the aggregates of its table
/// @param group the group of a row; null when it is in none
/// @param zero the value of a group without rows
/// @param minus must undo `plus` exactly, so that a group returns to `zero` when its last row goes
public record Aggregate<R extends Record, A>(
    Table<R> table,
    String name,
    int ordinal,
    Function<R, @Nullable String> group,
    A zero,
    Step<A, R> plus,
    Step<A, R> minus) {
  /// A value with one row more or less.
  @FunctionalInterface
  public interface Step<A, R> {
    A apply(A value, R row);
  }

  @Override
  public String toString() {
    return table.name() + "." + name;
  }
}
