package dev.roadstead.engine.table;

/// A fact for the log: a row stored or a row removed.
public sealed interface Change {
  Table<?> table();

  /// The primary key of the row concerned.
  String key();

  /// Stores a row under its key.
  record Put<R extends Record>(Table<R> table, R row) implements Change {
    @Override
    public String key() {
      return table.keyOf(row);
    }
  }

  /// Removes the row of this key, if there is one.
  record Delete<R extends Record>(Table<R> table, String key) implements Change {}
}
