package dev.roadstead.control.api;

import dev.roadstead.engine.root.State;
import software.amazon.awssdk.core.SdkPojo;

/// An operation that decides changes. Runs on the writer; its answer is given once they are
/// durable.
@FunctionalInterface
public non-sealed interface Write<I extends SdkPojo, O extends SdkPojo> extends Operation<I, O> {
  Decision<O> decide(State state, I request, Call call);
}
