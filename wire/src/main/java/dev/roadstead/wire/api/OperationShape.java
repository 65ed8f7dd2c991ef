package dev.roadstead.wire.api;

import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;

/// An operation as the wire sees it.
///
/// @param name AWS's name, for example `RunTask`
/// @param input makes an empty builder of the request's model class
public record OperationShape(String name, Supplier<? extends SdkPojo> input) {}
