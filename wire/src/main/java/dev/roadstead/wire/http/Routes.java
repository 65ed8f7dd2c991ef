package dev.roadstead.wire.http;

import dev.roadstead.wire.api.Dispatcher;
import dev.roadstead.wire.api.ServiceShape;
import dev.roadstead.wire.api.Sockets;
import dev.roadstead.wire.sigv4.Verifier;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// What the listener serves.
///
/// @param healthy whether a write would succeed now; asked for every `GET /health`
/// @param sockets by path prefix: `/acs` serves upgrades of `/acs/ws`
public record Routes(
    List<ServiceShape> services,
    Dispatcher dispatcher,
    Verifier verifier,
    BooleanSupplier healthy,
    Map<String, Sockets.Acceptor> sockets) {
  public Routes {
    services = List.copyOf(services);
    sockets = Map.copyOf(sockets);
  }
}
