package dev.roadstead.wire.api;

import software.amazon.awssdk.core.SdkPojo;

/// Performs a decoded request. Called on the request's own virtual thread; blocks until the answer
/// is durable. Throws {@link Refusal}.
@FunctionalInterface
public interface Dispatcher {
  SdkPojo perform(ServiceShape service, OperationShape operation, SdkPojo request, Caller caller);
}
