package dev.roadstead.engine.loop;

import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Table;
import java.util.List;

/// Compares what is desired with what is observed and decides changes. No memory and no IO: what
/// must be remembered is a row, outside work is a desired row that somebody else makes true.
///
/// Laws: planning again after its changes are applied yields nothing (fixpoint); a call yields a
/// bounded number of changes (bounded; rows left over are dirtied again by the changes themselves);
/// after a restart every row is dirty once (restartable).
public interface Controller {
  /// A short name for logs and metrics.
  String name();

  /// The tables whose touched rows wake it.
  List<Table<?>> watches();

  List<Change> plan(State state, Dirty dirty, Moment moment);

  /// The same, for a controller whose later decisions build on its earlier ones: it adds each as it
  /// is made, and reads them back.
  ///
  /// @param draft without changes yet
  default void plan(Draft draft, Dirty dirty, Moment moment) {
    draft.add(plan(draft.state(), dirty, moment));
  }
}
