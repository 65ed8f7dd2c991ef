package dev.roadstead.engine.root;

import dev.roadstead.base.Bug;
import dev.roadstead.engine.table.Rows;
import dev.roadstead.engine.table.Table;
import dev.roadstead.engine.table.View;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One view at one picture: its value, or the one of an earlier picture and what was marked since.
/// The value is worked out when somebody asks, and then kept; two threads that ask at once both
/// work it out, alike.
final class ViewState<V, M> {
  /// Marks that may wait, so that a picture nobody asks holds on to few earlier ones.
  private static final int WAITING_MAX = 4096;

  private final View<V, M> view;
  private final List<M> marks;

  /// Marks from here back to a picture whose value was known.
  private final int waiting;

  private volatile @Nullable V value;
  private volatile @Nullable ViewState<V, M> earlier;

  private ViewState(
      View<V, M> view, @Nullable V value, @Nullable ViewState<V, M> earlier, List<M> marks) {
    this.view = view;
    this.value = value;
    this.earlier = earlier;
    this.marks = marks;
    this.waiting =
        earlier == null || earlier.value != null ? marks.size() : earlier.waiting + marks.size();
  }

  static <V, M> ViewState<V, M> empty(View<V, M> view) {
    return new ViewState<>(view, view.empty(), null, List.of());
  }

  /// After a change of one row.
  <R extends Record> ViewState<V, M> marked(Table<R> table, @Nullable R before, @Nullable R after) {
    List<M> more = new ArrayList<>(2);
    table.mark(view, before, after, more::add);
    return more.isEmpty() ? this : new ViewState<>(view, null, this, more);
  }

  /// Works the value out when many marks wait.
  void bound(Rows rows) {
    if (value == null && waiting > WAITING_MAX) {
      value(rows);
    }
  }

  /// @param rows of the picture that this is part of
  V value(Rows rows) {
    V known = value;
    if (known != null) {
      return known;
    }
    List<ViewState<V, M>> path = new ArrayList<>();
    ViewState<V, M> at = this;
    V base = null;
    while (base == null) {
      path.add(at);
      ViewState<V, M> before = at.earlier;
      if (before == null) { // another thread has just worked it out
        base = known(at);
        path.removeLast();
      } else {
        base = before.value;
        at = before;
      }
    }
    List<M> since = new ArrayList<>();
    for (ViewState<V, M> step : path.reversed()) {
      since.addAll(step.marks);
    }
    V made = view.refresh().apply(base, rows, since);
    value = made;
    earlier = null;
    return made;
  }

  private static <V, M> V known(ViewState<V, M> at) {
    V value = at.value;
    if (value == null) {
      throw new Bug("a view without a value and without an earlier one");
    }
    return value;
  }
}
