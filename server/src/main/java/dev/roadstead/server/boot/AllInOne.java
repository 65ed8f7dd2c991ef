package dev.roadstead.server.boot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roadstead.agent.shell.Agent;
import dev.roadstead.control.node.Lease;
import dev.roadstead.server.client.Api;
import dev.roadstead.server.client.Listing;
import dev.roadstead.server.history.HistoryLimits;
import dev.roadstead.server.host.DataDirectory;
import dev.roadstead.server.host.DockerChoice;
import dev.roadstead.server.host.Missing;
import dev.roadstead.server.host.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A control plane and an agent in one process, on the loopback address.
public final class AllInOne implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration READY = Duration.ofSeconds(60);

  private final Parts parts;
  private final CompletableFuture<Throwable> fatal;
  private final Api api;
  private final DockerChoice docker;

  /// What to start.
  ///
  /// @param dockerHost null to look for one
  public record Config(
      Path data, int port, @Nullable String dockerHost, String cluster, HistoryLimits history) {}

  private AllInOne(Parts parts, CompletableFuture<Throwable> fatal, Api api, DockerChoice docker) {
    this.parts = parts;
    this.fatal = fatal;
    this.api = api;
    this.docker = docker;
  }

  /// Starts everything and returns when a task could be run: the API answers, the cluster exists,
  /// its container instance is ACTIVE and connected. Throws {@link Missing}.
  public static AllInOne open(Config config) throws IOException {
    Parts parts = new Parts();
    Thread onExit = new Thread(parts::close, "exit");
    Runtime.getRuntime().addShutdownHook(onExit);
    try {
      AllInOne all = start(config, parts);
      all.awaitReady(config.cluster());
      return all;
    } catch (IOException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static AllInOne start(Config config, Parts parts) throws IOException {
    CompletableFuture<Throwable> fatal = new CompletableFuture<>();
    DataDirectory data = parts.keep(DataDirectory.open(config.data()));
    CompletableFuture<DockerChoice> choosing = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            choosing.complete(parts.keep(DockerChoice.choose(config.dockerHost(), data.path())));
          } catch (RuntimeException e) {
            choosing.completeExceptionally(e);
          }
        });
    ControlPlane control =
        parts.keep(
            Servers.start(
                new Servers.Config(
                    data.path(),
                    LOOPBACK,
                    config.port(),
                    null,
                    Lease.USUAL,
                    config.history(),
                    null),
                fatal::complete));
    URI endpoint = URI.create("http://" + LOOPBACK + ":" + control.port());
    Api api = Api.of(endpoint, System.getenv());
    api.call("CreateCluster", Api.object().put("clusterName", config.cluster()));
    DockerChoice docker = join(choosing);
    Agent agent =
        Agents.start(
            new Agents.Config(
                List.of(endpoint),
                config.cluster(),
                data.path(),
                docker.engine(),
                docker.owned() != null,
                Map.of(),
                LOOPBACK,
                api));
    parts.keep(agent);
    var _ = agent.failed().thenAccept(fatal::complete);
    CompletableFuture.anyOf(agent.connected(), fatal)
        .completeOnTimeout(null, READY.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    return new AllInOne(parts, fatal, api, docker);
  }

  private static DockerChoice join(CompletableFuture<DockerChoice> choosing) {
    try {
      return choosing.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Missing missing) {
        throw missing;
      }
      throw e;
    }
  }

  private void awaitReady(String cluster) {
    Listing listing = new Listing(api, cluster);
    boolean ready = Processes.await(READY, () -> fatal.isDone() || hasNode(listing));
    if (!ready || fatal.isDone()) {
      throw new IllegalStateException("the container instance did not become ACTIVE in " + READY);
    }
  }

  private static boolean hasNode(Listing listing) {
    try {
      for (JsonNode instance : listing.instances()) {
        if (instance.path("agentConnected").asBoolean()
            && instance.path("status").asText().equals("ACTIVE")) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The public API of this instance.
  public Api api() {
    return api;
  }

  public DockerChoice docker() {
    return docker;
  }

  /// Blocks until it cannot go on. A signal ends the process from elsewhere.
  public Throwable awaitFatal() {
    return fatal.join();
  }

  @Override
  public void close() {
    parts.close();
  }
}
