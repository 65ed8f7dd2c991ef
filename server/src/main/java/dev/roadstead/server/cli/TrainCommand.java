package dev.roadstead.server.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roadstead.control.node.Lease;
import dev.roadstead.server.boot.AllInOne;
import dev.roadstead.server.boot.ControlPlane;
import dev.roadstead.server.boot.Servers;
import dev.roadstead.server.client.Api;
import dev.roadstead.server.client.Listing;
import dev.roadstead.server.history.HistoryLimits;
import dev.roadstead.server.host.Processes;
import dev.roadstead.server.host.TrainingEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Runs everything once, for the JVM to record what is loaded and used at start. Run by the build
/// with `-XX:AOTCacheOutput`; needs neither Docker nor a free port.
///
/// With words, it is the process those words start that is recorded: they get the command `agent`
/// for a control plane in this process, so that an agent's cache holds nothing of a control plane.
@Command(name = "train", hidden = true, description = "Warms the start-up cache up.")
final class TrainCommand implements Callable<Integer> {
  // Enough for the profiles of the request path to be worth keeping; some seconds of a build.
  private static final int ROUNDS = 300;

  private static final int AGENT_ROUNDS = 30;
  private static final Duration SETTLE = Duration.ofSeconds(2);
  private static final Duration JOIN = Duration.ofSeconds(60);

  /// Writing the cache takes some seconds.
  private static final Duration WRITE = Duration.ofMinutes(2);

  @Parameters(paramLabel = "WORD", description = "How an agent is started, up to `agent`.")
  private List<String> words = List.of();

  @Override
  public Integer call() throws IOException {
    Path data = Files.createTempDirectory("roadstead-train");
    try (TrainingEngine engine = TrainingEngine.start()) {
      if (words.isEmpty()) {
        together(data, engine);
      } else {
        alone(data, engine);
      }
    } finally {
      delete(data);
    }
    return 0;
  }

  private static void together(Path data, TrainingEngine engine) throws IOException {
    try (AllInOne all =
        AllInOne.open(
            new AllInOne.Config(
                data, 0, engine.host().toString(), "default", HistoryLimits.USUAL))) {
      exercise(all.api(), ROUNDS);
    }
  }

  private void alone(Path data, TrainingEngine engine) throws IOException {
    CompletableFuture<Throwable> fatal = new CompletableFuture<>();
    Servers.Config config =
        new Servers.Config(
            data.resolve("server"), "127.0.0.1", 0, null, Lease.USUAL, HistoryLimits.USUAL, null);
    try (ControlPlane control = Servers.start(config, fatal::complete)) {
      URI endpoint = URI.create("http://127.0.0.1:" + control.port());
      Api api = Api.of(endpoint, Map.of());
      api.call("CreateCluster", Api.object());
      List<String> command = new ArrayList<>(words);
      command.addAll(List.of("agent", "--cluster", "default", "--server", endpoint.toString()));
      command.addAll(List.of("--data", data.resolve("agent").toString()));
      command.addAll(List.of("--docker-host", engine.host().toString()));
      Process agent = new ProcessBuilder(command).inheritIO().start();
      try {
        Listing listing = new Listing(api, "default");
        if (!Processes.await(JOIN, () -> !agent.isAlive() || hasNode(listing))) {
          throw new IOException("the agent did not register in " + JOIN);
        }
        exercise(api, AGENT_ROUNDS);
      } finally {
        Processes.end(agent.pid(), WRITE);
      }
    }
  }

  private static boolean hasNode(Listing listing) {
    try {
      return listing.instances().stream().anyMatch(i -> i.path("agentConnected").asBoolean());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void exercise(Api api, int rounds) throws IOException {
    ObjectNode definition = Api.object().put("family", "train");
    definition
        .putArray("containerDefinitions")
        .addObject()
        .put("name", "train")
        .put("image", "train")
        .put("memory", 16);
    api.call("RegisterTaskDefinition", definition);
    for (int i = 0; i < rounds; i++) {
      exercise(api);
    }
    Processes.await(SETTLE, () -> false);
  }

  private static void exercise(Api api) throws IOException {
    String task =
        api.call("RunTask", Api.object().put("taskDefinition", "train"))
            .at("/tasks/0/taskArn")
            .asText();
    if (!task.isEmpty()) {
      ObjectNode describe = Api.object();
      describe.putArray("tasks").add(task);
      api.call("DescribeTasks", describe);
      api.call("StopTask", Api.object().put("task", task));
    }
    api.why("default");
    for (String list : List.of("ListTasks", "ListClusters", "ListServices")) {
      api.call(list, Api.object());
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
