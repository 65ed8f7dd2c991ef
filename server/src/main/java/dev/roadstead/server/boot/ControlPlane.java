package dev.roadstead.server.boot;

import dev.roadstead.control.Services;
import dev.roadstead.control.node.Lease;
import dev.roadstead.engine.loop.Engine;
import dev.roadstead.engine.loop.EngineConfig;
import dev.roadstead.server.history.Archivist;
import dev.roadstead.server.history.LuceneHistory;
import dev.roadstead.server.node.AgentSockets;
import dev.roadstead.server.node.OwnAddress;
import dev.roadstead.server.node.TaskKeys;
import dev.roadstead.wire.http.Listener;
import dev.roadstead.wire.http.ListenerConfig;
import dev.roadstead.wire.http.Routes;
import dev.roadstead.wire.sigv4.Keys;
import dev.roadstead.wire.sigv4.Policy;
import dev.roadstead.wire.sigv4.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A running control plane: the engine, every service, and the listener.
public final class ControlPlane implements AutoCloseable {
  private final Engine engine;
  private final AgentSockets agents;
  private final Listener listener;
  private final OwnAddress address;
  private final Archivist archivist;

  private ControlPlane(
      Engine engine,
      AgentSockets agents,
      Listener listener,
      OwnAddress address,
      Archivist archivist) {
    this.engine = engine;
    this.agents = agents;
    this.listener = listener;
    this.address = address;
    this.archivist = archivist;
  }

  /// Where a control plane keeps its data and listens.
  ///
  /// @param advertised the URL that agents are told; null for that which each has used itself
  /// @param lease of container instances whose agent is gone
  /// @param policy development mode is for loopback only
  /// @param keys the keys that are good beside those of tasks, which are known here
  /// @param history of stopped tasks; closed with the control plane
  /// @param onFatal told when the engine has stopped for good: the process should exit
  public record Config(
      Path dataDir,
      ListenerConfig listener,
      @Nullable String advertised,
      Lease lease,
      Policy policy,
      Keys keys,
      LuceneHistory history,
      Consumer<Throwable> onFatal) {}

  /// Recovers what is durable, and serves.
  ///
  /// @throws IOException when the port cannot be bound
  public static ControlPlane start(Config config) throws IOException {
    InstantSource clock = InstantSource.system();
    RandomGenerator random = new SecureRandom();
    AtomicReference<OwnAddress> address = new AtomicReference<>(address(config, 0));
    Services services = new Services(host -> address.get().url(host), config.history());
    Engine engine =
        Engine.open(
            EngineConfig.at(config.dataDir(), config.onFatal()),
            services.schema(),
            services.controllers(),
            clock,
            random);
    AgentSockets agents = AgentSockets.start(engine, clock, random, config.lease());
    try {
      Listener listener =
          Listener.start(
              config.listener(),
              new Routes(
                  services.served(),
                  new EngineDispatcher(engine, services.operations(), clock, random),
                  new Verifier(
                      config.policy(),
                      new TaskKeys(config.keys(), agents.credentials(), clock),
                      clock),
                  engine::writable,
                  agents.routes()));
      address.set(address(config, listener.port()));
      Archivist archivist = Archivist.start(engine, config.history(), clock);
      return new ControlPlane(engine, agents, listener, address.get(), archivist);
    } catch (IOException | RuntimeException e) {
      agents.close();
      engine.close();
      throw e;
    }
  }

  private static OwnAddress address(Config config, int port) {
    return OwnAddress.of(config.advertised(), config.listener().bind(), port);
  }

  /// Where others reach it.
  public String url() {
    return address.url();
  }

  public int port() {
    return listener.port();
  }

  /// The position of the newest durable entry.
  long position() {
    return engine.state().position();
  }

  /// Refuses new requests, answers those under way, and makes everything durable.
  @Override
  public void close() {
    agents.close();
    listener.close();
    archivist.close();
    engine.close();
  }
}
