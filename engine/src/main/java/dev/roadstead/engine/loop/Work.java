package dev.roadstead.engine.loop;

import dev.roadstead.engine.root.State;

/// One decision over the current state. Pure; runs on the writer's thread.
///
/// It refuses by throwing an unchecked exception of the caller's own: nothing is written and the
/// exception is the answer. {@link dev.roadstead.base.Bug} is not a refusal: it stops the writer.
@FunctionalInterface
public interface Work<A> {
  Outcome<A> decide(State state, Moment moment);
}
