package dev.roadstead.wire.api;

import java.util.List;

/// An AWS service as the wire sees it: one line each in the catalogue.
///
/// @param signingName the service in a signature's scope, for example `ecs`
/// @param targetPrefix the part of `X-Amz-Target` before the dot
/// @param operations those that are built
/// @param unbuilt names of operations of the service's model that are not built yet
public record ServiceShape(
    String signingName,
    Protocol protocol,
    String targetPrefix,
    List<OperationShape> operations,
    List<String> unbuilt) {
  public ServiceShape {
    operations = List.copyOf(operations);
    unbuilt = List.copyOf(unbuilt);
  }
}
