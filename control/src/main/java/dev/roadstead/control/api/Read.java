package dev.roadstead.control.api;

import dev.roadstead.engine.root.State;
import software.amazon.awssdk.core.SdkPojo;

/// An operation that answers from the durable state and changes nothing.
@FunctionalInterface
public non-sealed interface Read<I extends SdkPojo, O extends SdkPojo> extends Operation<I, O> {
  O answer(State state, I request, Call call);
}
