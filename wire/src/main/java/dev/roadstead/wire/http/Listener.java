package dev.roadstead.wire.http;

import dev.roadstead.wire.sigv4.Policy;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/// An open port. Selectors, one for each processor, read requests and begin operations; answers are
/// written by whoever makes them.
public final class Listener implements AutoCloseable {
  /// Platform threads: selectors, an acceptor, and spares.
  private static final int THREADS_MAX = 16;

  private static final int THREADS_MIN = 4;

  /// Connections the kernel keeps waiting to be accepted.
  private static final int BACKLOG = 1024;

  /// How long a closing listener waits for requests under way.
  private static final int DRAIN_SECONDS = 2;

  private final Server server;
  private final ServerConnector connector;
  private final Upgrades upgrades;
  private final Semaphore slots;
  private final int requests;

  private Listener(Server server, ServerConnector connector, Upgrades upgrades, Semaphore slots) {
    this.server = server;
    this.connector = connector;
    this.upgrades = upgrades;
    this.slots = slots;
    this.requests = slots.availablePermits();
  }

  /// Opens the port and serves. Throws IOException when the port can't be had, and
  /// IllegalArgumentException when signatures would go unverified beyond loopback.
  public static Listener start(ListenerConfig config, Routes routes) throws IOException {
    Limits limits = config.limits();
    if (routes.verifier().policy() == Policy.DEVELOPMENT
        && !InetAddress.getByName(config.bind()).isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "signatures must be verified when listening beyond loopback: " + config.bind());
    }
    QueuedThreadPool threads = threads();
    Server server = new Server(threads);
    Connections connections = new Connections(limits);
    ServerConnector connector =
        new ServerConnector(
            server,
            new Resuming(threads),
            null,
            null,
            1,
            selectors(),
            new HttpConnectionFactory(http(limits)));
    connector.setHost(config.bind());
    connector.setPort(config.port());
    connector.setIdleTimeout(limits.idleTime().toMillis());
    connector.setAcceptQueueSize(BACKLOG);
    connector.addBean(connections);
    server.addConnector(connector);
    server.setErrorHandler(new BadRequests());
    Semaphore slots = new Semaphore(limits.requests());
    Upgrades upgrades = new Upgrades(routes, limits, ServerWebSocketContainer.ensure(server));
    AwsJson awsJson = new AwsJson(routes, limits, slots);
    LoopbackGuard guard = new LoopbackGuard(routes.verifier().policy(), config.bind());
    server.setHandler(new Router(routes, awsJson, upgrades, connections, guard));
    Listener listener = new Listener(server, connector, upgrades, slots);
    try {
      server.start();
    } catch (IOException e) {
      stop(server);
      throw e;
    } catch (Exception e) {
      stop(server);
      throw new IOException("the listener can't start", e);
    }
    connections.sweepBy(server.getScheduler());
    return listener;
  }

  /// The port that is open.
  public int port() {
    return connector.getLocalPort();
  }

  /// Takes no more connections, lets requests under way finish for a while, closes everything.
  @Override
  public void close() {
    connector.close();
    try {
      if (slots.tryAcquire(requests, DRAIN_SECONDS, TimeUnit.SECONDS)) {
        slots.release(requests);
      }
      upgrades.closeAll();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    stop(server);
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the listener can't stop", e);
    }
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS_MAX, THREADS_MIN);
    threads.setName("wire");
    threads.setReservedThreads(0); // nothing that a selector runs blocks, so none stands in for it
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    return threads;
  }

  private static int selectors() {
    return Math.min(THREADS_MAX / 2, Runtime.getRuntime().availableProcessors());
  }

  private static HttpConfiguration http(Limits limits) {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(limits.headerBytes());
    http.setSendServerVersion(false);
    http.setHeaderCacheSize(
        0); // looking headers up costs more than reading them: 8 of 160 us a call
    http.setSendXPoweredBy(false);
    http.setUriCompliance(UriCompliance.RFC3986);
    return http;
  }
}
