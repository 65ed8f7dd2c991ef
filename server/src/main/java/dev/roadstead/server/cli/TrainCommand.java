package dev.roadstead.server.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roadstead.server.boot.AllInOne;
import dev.roadstead.server.client.Api;
import dev.roadstead.server.host.Processes;
import dev.roadstead.server.host.TrainingEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Runs everything once, for the JVM to record what is loaded and used at start. Run by the build
/// with `-XX:AOTCacheOutput`; needs neither Docker nor a free port.
@Command(name = "train", hidden = true, description = "Warms the start-up cache up.")
final class TrainCommand implements Callable<Integer> {
  // Enough for the profiles of the request path to be worth keeping; some seconds of a build.
  private static final int ROUNDS = 300;

  private static final Duration SETTLE = Duration.ofSeconds(2);

  @Override
  public Integer call() throws IOException {
    Path data = Files.createTempDirectory("roadstead-train");
    try (TrainingEngine engine = TrainingEngine.start();
        AllInOne all =
            AllInOne.open(new AllInOne.Config(data, 0, engine.host().toString(), "default"))) {
      Api api = all.api();
      ObjectNode definition = Api.object().put("family", "train");
      definition
          .putArray("containerDefinitions")
          .addObject()
          .put("name", "train")
          .put("image", "train")
          .put("memory", 16);
      api.call("RegisterTaskDefinition", definition);
      for (int i = 0; i < ROUNDS; i++) {
        exercise(api);
      }
      Processes.await(SETTLE, () -> false);
    }
    delete(data);
    return 0;
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
