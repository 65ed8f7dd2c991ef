package dev.roadstead.engine.table;

import java.util.List;
import java.util.function.Function;

/// A second way to find rows. Made by {@link Table#index}.
///
/// @param ordinal its place among the indexes of its table
/// @param keys the texts under which a row is found
public record Index<R extends Record>(
    Table<R> table, String name, int ordinal, Function<R, List<String>> keys) {
  @Override
  public String toString() {
    return table.name() + "." + name;
  }
}
