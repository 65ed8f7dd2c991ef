/// AWS JSON 1.1: bytes to the AWS SDK's model classes and back, generically, by way of their
/// {@code sdkFields()}. Bounded on the way in; no reflection once a class has been seen.
/// Jackson lives behind this package. Start at {@link dev.roadstead.wire.codec.JsonShapes}.
@NullMarked
package dev.roadstead.wire.codec;

import org.jspecify.annotations.NullMarked;
