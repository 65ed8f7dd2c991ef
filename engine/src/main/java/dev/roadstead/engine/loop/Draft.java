package dev.roadstead.engine.loop;

import dev.roadstead.base.Invariant;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Table;
import dev.roadstead.engine.watch.Commit.Touch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A picture with changes that are not decided yet: whoever adds some sees the next picture at
/// once, and nothing is applied a second time when they are kept.
///
/// Changes that change nothing (an equal row, a missing key) are dropped.
public final class Draft {
  private final List<Change> changes = new ArrayList<>();
  private final List<Touch<?>> touches = new ArrayList<>();
  private State state;

  public Draft(State from) {
    state = from;
  }

  /// With everything added so far, at the position it began from.
  public State state() {
    return state;
  }

  /// What was added and makes a difference, in order.
  public List<Change> changes() {
    return Collections.unmodifiableList(changes);
  }

  /// The rows that were changed, once for each change.
  List<Touch<?>> touches() {
    return touches;
  }

  /// Adds changes, in order.
  public void add(List<? extends Change> more) {
    for (Change change : more) {
      Touch<?> touch = touch(state, change);
      if (!Objects.equals(touch.before(), touch.after())) {
        changes.add(change);
        touches.add(touch);
        state = state.with(List.of(change));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <R extends Record> Touch<R> touch(State state, Change change) {
    Table<R> table = (Table<R>) change.table();
    String key = change.key();
    @Nullable R after =
        switch (change) {
          case Change.Put<?> put -> (R) put.row();
          case Change.Delete<?> _ -> null;
        };
    Invariant.check(
        after == null || table.rowType().isInstance(after),
        () -> "a row of another table put in " + table);
    return new Touch<>(table, key, state.find(table, key), after);
  }
}
