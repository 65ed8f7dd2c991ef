/// The listener: one port for AWS's protocols, the agents' websockets and the health check.
/// Order for every request: bounds, Host and Origin, signature, decoding. Every bound is in
/// {@link dev.roadstead.wire.http.Limits}. Runs on a few threads that never block.
/// Netty lives behind this package. Start at {@link dev.roadstead.wire.http.Listener}.
@NullMarked
package dev.roadstead.wire.http;

import org.jspecify.annotations.NullMarked;
