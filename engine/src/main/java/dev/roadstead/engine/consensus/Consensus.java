package dev.roadstead.engine.consensus;

import dev.roadstead.engine.log.Group;
import dev.roadstead.engine.root.State;

/// Makes groups of entries durable, in order. The writer leads for a term; when a group is lost, so
/// is the term, and with it every later group of that term, until a new term begins.
///
/// A replicated form maps its own leadership onto terms: `lost` when it steps down, `leading` when
/// it is elected and has applied everything that was committed before.
public interface Consensus extends AutoCloseable {
  /// Reads what is durable. Called once, first.
  ///
  /// @throws dev.roadstead.engine.format.UnreadableData when this release cannot read it
  /// @throws dev.roadstead.engine.log.CorruptData when it is damaged other than by a crash
  State recover();

  /// Begins to serve; calls the member from now on, one call at a time, in order.
  void start(Member member);

  /// Makes this group durable; the answer is a call of the member. Waits while several groups are
  /// under way, which is what makes groups grow under load. For one thread.
  void append(Group group) throws InterruptedException;

  /// Whether a write would succeed now. May try one, and take as long as that.
  boolean writable();

  /// Finishes the groups under way, then stops.
  @Override
  void close();

  /// The writer, as seen from here.
  interface Member {
    /// A new term: the writer may decide, from this state on.
    void leading(long term, State durable);

    /// This group is durable; groups come in the order they were appended.
    void durable(Group group);

    /// This group is not durable and will not be, unless the process ends before the cause is gone.
    void lost(Group group, Throwable cause);

    /// Nothing can go on: the process must end.
    void failed(Throwable cause);
  }
}
