package dev.roadstead.engine.loop;

import dev.roadstead.engine.root.State;
import java.util.concurrent.CompletableFuture;

/// An engine as seen by those who read and decide: threaded ({@link Engine}) or stepped by hand
/// ({@link SoloEngine}).
public interface Ledger {
  /// The newest durable state.
  State state();

  /// Has this decided. The future completes once the decision, or the state that a refusal looked
  /// at, is durable; a refusal completes it with the exception that the work threw.
  ///
  /// @throws Overloaded when too many wait already
  /// @throws NotWritable when nothing can be written now
  <A> CompletableFuture<A> submit(Work<A> work);
}
