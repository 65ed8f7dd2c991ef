package dev.roadstead.wire.api;

import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.core.SdkPojo;

/// Performs a decoded request. Called on a thread that serves many connections, so it never blocks:
/// the answer comes when it is durable. Throws {@link Refusal}, or the stage fails with one.
@FunctionalInterface
public interface Dispatcher {
  CompletionStage<? extends SdkPojo> perform(
      ServiceShape service, OperationShape operation, SdkPojo request, Caller caller);
}
