package dev.roadstead.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// How soon `up` is ready on an empty data directory beside a running Docker Engine, and what it,
/// and an agent alone, keep resident when idle.
final class StartBench {
  private static final String NAME = "start";

  private final Options options;

  StartBench(Options options) {
    this.options = options;
  }

  void run() throws IOException, InterruptedException {
    Path work = options.work();
    try (Docker docker = Docker.open(options, work)) {
      together(docker, work);
      alone(docker, work);
    }
  }

  private void together(Docker docker, Path work) throws IOException, InterruptedException {
    int rounds = options.number("rounds", 5);
    try (Launched warm = start(docker, work, "warm")) {
      warm.awaitReady(); // the first start after a build makes the start-up cache
    }
    double[] ready = new double[rounds];
    double resident = 0;
    for (int i = 0; i < rounds; i++) {
      try (Launched up = start(docker, work, "round-" + i)) {
        ready[i] = up.awaitReady();
        if (i == rounds - 1) {
          idle();
          resident = up.residentMib();
        }
      }
    }
    figure("ready_seconds", Figure.quantile(ready, 0.5), "s");
    figure("ready_max_seconds", Figure.quantile(ready, 1), "s");
    figure("resident_mib", resident, "MiB");
  }

  private static Launched start(Docker docker, Path work, String name) throws IOException {
    Path place = Files.createDirectories(work.resolve(name));
    List<String> words = LaunchBench.up(docker, place, Launched.freePort());
    return Launched.start(place.resolve("up.log"), LaunchBench.environment(), words);
  }

  private void alone(Docker docker, Path work) throws IOException, InterruptedException {
    int port = Launched.freePort();
    List<String> serverWords =
        List.of("server", "--data", work.resolve("server").toString(), "--port", "" + port);
    try (Launched server =
        Launched.start(work.resolve("server.log"), LaunchBench.environment(), serverWords)) {
      server.awaitHealthy(port);
      try (Wire wire = new Wire(new Calls(port, "000000000000"))) {
        wire.call("CreateCluster", "{}");
      }
      List<String> agentWords = new ArrayList<>(List.of("agent", "--cluster", "default"));
      agentWords.addAll(List.of("--server", "http://127.0.0.1:" + port));
      agentWords.addAll(List.of("--data", work.resolve("agent").toString()));
      agentWords.addAll(List.of("--docker-host", docker.host()));
      try (Launched agent =
          Launched.start(work.resolve("agent.log"), LaunchBench.environment(), agentWords)) {
        idle();
        figure("agent_resident_mib", agent.residentMib(), "MiB");
        figure("agent_anonymous_mib", agent.anonymousMib(), "MiB");
        figure("server_resident_mib", server.residentMib(), "MiB");
      }
    }
  }

  private void idle() throws InterruptedException {
    TimeUnit.SECONDS.sleep(options.number("idle-seconds", 10));
  }

  private static void figure(String name, double value, String unit) {
    new Figure(NAME, name, value, unit).print();
  }
}
