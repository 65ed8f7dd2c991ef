package dev.roadstead.engine.loop;

import dev.roadstead.base.Bug;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Table;
import dev.roadstead.engine.watch.Commit;
import dev.roadstead.engine.watch.Commit.Touch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The writer without its thread: decides on the newest state, applies, lets controllers plan and
/// rows fall due. No clock, no IO; a {@link Journal} takes the entries. One thread at a time.
///
/// A decision of which nothing is left, since it changes nothing, makes no entry.
public final class Core {
  /// Rounds over the controllers after a batch of decisions; what is left waits for the next turn,
  /// so that controllers that feed each other do not keep clients waiting.
  static final int ROUNDS_MAX = 8;

  /// Rows that fall due in one turn. More wait for the next, as above.
  static final int DUE_MAX = 10_000;

  private final List<Planner> planners = new ArrayList<>();
  private final IdentityHashMap<Table<?>, List<Planner>> watchers = new IdentityHashMap<>();
  private final DueTimes dueTimes;
  private State state;

  /// Where entries go before they are applied.
  @FunctionalInterface
  public interface Journal {
    /// Takes an entry. Throws a refusal (an unchecked exception) when it cannot be taken: nothing
    /// is applied then.
    ///
    /// @param after the state with the entry applied
    void append(Commit commit, List<Change> changes, State after);
  }

  public Core(State state, List<? extends Controller> controllers) {
    this.state = state;
    this.dueTimes = new DueTimes(state.schema());
    for (Controller controller : controllers) {
      Planner planner = new Planner(controller);
      planners.add(planner);
      for (Table<?> table : controller.watches()) {
        state.schema().ordinal(table);
        watchers.computeIfAbsent(table, _ -> new ArrayList<>()).add(planner);
      }
    }
    restart(state);
  }

  /// Goes on from this state, as after a restart: every row is dirty once.
  public void restart(State from) {
    state = from;
    dueTimes.rebuild(from);
    IdentityHashMap<Table<?>, List<String>> keys = new IdentityHashMap<>();
    for (Table<?> table : watchers.keySet()) {
      keys.put(table, from.keys(table));
    }
    planners.forEach(planner -> planner.restart(keys));
  }

  /// The newest state, perhaps not yet durable.
  public State state() {
    return state;
  }

  /// Decides and applies. A refusal comes out as the exception that the work threw.
  public <A> A decide(Work<A> work, Moment moment, Journal journal) {
    Outcome<A> outcome = work.decide(state, moment);
    Draft draft = new Draft(state);
    draft.add(outcome.changes());
    keep(draft, journal);
    return outcome.answer();
  }

  /// Hands rows that are due by now to the controllers that watch them.
  public void fire(Instant now) {
    for (int i = 0; i < DUE_MAX; i++) {
      Touch<?> touch = dueTimes.poll(state, now);
      if (touch == null) {
        return;
      }
      touched(touch);
    }
  }

  /// Lets controllers plan until nothing is dirty, or for a bounded number of rounds.
  ///
  /// @return whether nothing is dirty
  public boolean settle(Moment moment, Journal journal) {
    for (int round = 0; round < ROUNDS_MAX && !settled(); round++) {
      for (Planner planner : planners) {
        plan(planner, moment, journal);
      }
    }
    return settled();
  }

  private void plan(Planner planner, Moment moment, Journal journal) {
    if (planner.idle()) {
      return;
    }
    Draft draft = new Draft(state);
    planner.plan(draft, moment);
    try {
      keep(draft, journal);
    } catch (EntryTooLarge e) {
      throw new Bug("controller " + planner + " is not bounded", e);
    }
  }

  /// Whether no controller has touched rows to see.
  public boolean settled() {
    for (Planner planner : planners) {
      if (!planner.idle()) {
        return false;
      }
    }
    return true;
  }

  /// When the next row falls due; null when none ever does.
  public @Nullable Instant nextDue() {
    return dueTimes.next();
  }

  private void keep(Draft draft, Journal journal) {
    if (draft.changes().isEmpty()) {
      return;
    }
    State next = draft.state().at(state.position() + 1);
    journal.append(new Commit(next.position(), draft.touches()), draft.changes(), next);
    state = next;
    for (Touch<?> touch : draft.touches()) {
      dueTimes.changed(touch);
      touched(touch);
    }
  }

  private void touched(Touch<?> touch) {
    List<Planner> interested = watchers.get(touch.table());
    if (interested != null) {
      for (Planner planner : interested) {
        planner.touch(touch);
      }
    }
  }
}
