package dev.roadstead.engine.watch;

import dev.roadstead.engine.table.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One log entry as it changed the rows.
///
/// @param position its place in the log, from 1
public record Commit(long position, List<Touch<?>> touches) {
  public Commit {
    touches = List.copyOf(touches);
  }

  /// One row before and after.
  ///
  /// @param before null when there was none
  /// @param after null when deleted
  public record Touch<R extends Record>(
      Table<R> table, String key, @Nullable R before, @Nullable R after) {}
}
