package dev.roadstead.control.api;

import dev.roadstead.engine.root.State;
import software.amazon.awssdk.core.SdkPojo;

/// An operation that answers from the durable state and changes nothing.
@FunctionalInterface
public non-sealed interface Read<I extends SdkPojo, O extends SdkPojo> extends Operation<I, O> {
  O answer(State state, I request, Call call);

  /// Whether this answer may take a disk's time, so that no thread that serves others may be kept
  /// by it. Throws as {@link #answer} does.
  default boolean waits(State state, I request, Call call) {
    return false;
  }
}
