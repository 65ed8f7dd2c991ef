package dev.roadstead.server.boot;

import dev.roadstead.control.node.Lease;
import dev.roadstead.server.history.HistoryLimits;
import dev.roadstead.server.history.LuceneHistory;
import dev.roadstead.server.host.Missing;
import dev.roadstead.wire.http.ListenerConfig;
import dev.roadstead.wire.sigv4.Keys;
import dev.roadstead.wire.sigv4.Policy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Starts a control plane in this process.
public final class Servers {
  private Servers() {}

  /// Where a server keeps its state and listens.
  ///
  /// @param data the engine's files are in its directory `control`
  /// @param port 0 for any free one
  /// @param advertised the URL that agents are told; null for that which each has used itself
  /// @param lease of container instances whose agent is gone
  /// @param history how much is kept of stopped tasks, in its directory `history`
  /// @param credentials the one key that is good; null on loopback, where any key is
  public record Config(
      Path data,
      String bind,
      int port,
      @Nullable String advertised,
      Lease lease,
      HistoryLimits history,
      @Nullable CredentialsFile credentials) {}

  /// Opens the state and the port. Throws {@link Missing} when the port cannot be had.
  ///
  /// @param onFatal told when it cannot go on: the process should exit
  public static ControlPlane start(Config config, Consumer<Throwable> onFatal) {
    CredentialsFile credentials = config.credentials();
    Keys keys = credentials == null ? Keys.NONE : credentials.keys();
    Policy policy = credentials == null ? Policy.DEVELOPMENT : Policy.VERIFIED;
    try {
      return ControlPlane.start(
          new ControlPlane.Config(
              config.data().resolve("control"),
              ListenerConfig.of(config.bind(), config.port()),
              config.advertised(),
              config.lease(),
              policy,
              keys,
              new LuceneHistory(config.data().resolve("history"), config.history()),
              onFatal));
    } catch (IOException e) {
      throw new Missing(
          "Cannot listen on %s port %d: %s. Is another Roadstead running there? Give --port."
              .formatted(config.bind(), config.port(), e.getMessage()));
    }
  }

  /// True when an address can only be reached from this machine.
  public static boolean isLoopback(String bind) {
    try {
      return InetAddress.getByName(bind).isLoopbackAddress();
    } catch (UnknownHostException _) {
      throw new Missing("`" + bind + "` is no address of this machine.");
    }
  }
}
