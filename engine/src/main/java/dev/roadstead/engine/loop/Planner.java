package dev.roadstead.engine.loop;

import dev.roadstead.base.Bug;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Table;
import dev.roadstead.engine.watch.Commit.Touch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One controller with the rows that were touched since it last planned. After a restart it also
/// walks over every row of its tables once, in key order, after what was touched meanwhile.
final class Planner {
  /// Touched rows handed over in one call, so that no call keeps clients waiting for long.
  static final int ROWS_MAX = 1_000;

  private final Controller controller;
  private final Dirty dirty = new Dirty();
  private final Deque<Walk> walks = new ArrayDeque<>();

  /// The rest of a table to walk over.
  private record Walk(Table<?> table, Iterator<String> keys) {}

  Planner(Controller controller) {
    this.controller = controller;
  }

  List<Table<?>> watches() {
    return controller.watches();
  }

  /// Begins again: every row of its tables is to be seen once.
  void restart(IdentityHashMap<Table<?>, List<String>> keys) {
    dirty.take(Integer.MAX_VALUE);
    walks.clear();
    for (Table<?> table : controller.watches()) {
      List<String> all = keys.getOrDefault(table, List.of());
      if (!all.isEmpty()) {
        walks.add(new Walk(table, all.iterator()));
      }
    }
  }

  <R extends Record> void touch(Touch<R> touch) {
    dirty.add(touch.table(), touch.key(), touch.before(), touch.after());
  }

  boolean idle() {
    return dirty.isEmpty() && walks.isEmpty();
  }

  /// Adds what the controller wants changed, given the next of the touched rows.
  void plan(Draft draft, Moment moment) {
    Dirty next = dirty.take(ROWS_MAX);
    walk(draft.state(), next, ROWS_MAX - next.size());
    if (next.isEmpty()) {
      return;
    }
    try {
      controller.plan(draft, next, moment);
    } catch (RuntimeException e) {
      throw new Bug("controller " + controller.name() + " failed", e);
    }
  }

  private void walk(State state, Dirty into, int max) {
    for (int left = max; left > 0 && !walks.isEmpty(); left--) {
      Walk walk = walks.getFirst();
      addPresent(state, walk.table(), walk.keys().next(), into);
      if (!walk.keys().hasNext()) {
        walks.removeFirst();
      }
    }
  }

  private static <R extends Record> void addPresent(
      State state, Table<R> table, String key, Dirty into) {
    @Nullable R row = state.find(table, key);
    if (row != null) {
      into.add(table, key, null, row);
    }
  }

  @Override
  public String toString() {
    return controller.name();
  }
}
