package dev.roadstead.control.api;

import dev.roadstead.wire.api.OperationShape;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;

/// An operation in a service's list.
///
/// @param missing what of the operation is not built yet, for the coverage page; empty when it is
///     complete
public record Entry(OperationShape shape, Operation<?, ?> operation, String missing) {
  public static Entry of(
      String name, Supplier<? extends SdkPojo> input, Operation<?, ?> operation) {
    return new Entry(new OperationShape(name, input), operation, "");
  }

  public static Entry partial(
      String name, Supplier<? extends SdkPojo> input, Operation<?, ?> operation, String missing) {
    return new Entry(new OperationShape(name, input), operation, missing);
  }
}
