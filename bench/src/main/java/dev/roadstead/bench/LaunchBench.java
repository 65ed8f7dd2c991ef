package dev.roadstead.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// How long from RunTask until DescribeTasks says RUNNING, against `docker run -d` of the same
/// container, in turns on the same engine.
final class LaunchBench {
  private static final String NAME = "launch";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long ROUND_NANOS = 60_000_000_000L;
  private static final int POLL_MILLIS = 1;

  private final Options options;

  LaunchBench(Options options) {
    this.options = options;
  }

  void run() throws IOException, InterruptedException {
    Path work = options.work();
    int port = Launched.freePort();
    try (Docker docker = Docker.open(options, work);
        Launched up =
            Launched.start(work.resolve("up.log"), environment(), up(docker, work, port))) {
      up.awaitReady();
      try (Wire wire = new Wire(new Calls(port, "000000000000"))) {
        compare(docker, wire);
      }
    }
  }

  /// As `docker run` does: no pull when the image is there.
  static Map<String, String> environment() {
    return Map.of("ECS_IMAGE_PULL_BEHAVIOR", "prefer-cached");
  }

  static List<String> up(Docker docker, Path work, int port) {
    return List.of(
        "up",
        "--port",
        "" + port,
        "--data",
        work.resolve("data").toString(),
        "--docker-host",
        docker.host());
  }

  private void compare(Docker docker, Wire wire) throws IOException, InterruptedException {
    wire.call("RegisterTaskDefinition", definition());
    int rounds = options.number("rounds", 20);
    launch(wire); // the first of each warms caches that every later one finds warm
    docker.remove(docker.runDetached());
    double[] ours = new double[rounds];
    double[] theirs = new double[rounds];
    double[] ratios = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      ours[i] = launch(wire);
      long start = System.nanoTime();
      String id = docker.runDetached();
      theirs[i] = (System.nanoTime() - start) / 1e6;
      docker.remove(id);
      ratios[i] = ours[i] / theirs[i];
    }
    double ratio = Figure.quantile(ours, 0.5) / Figure.quantile(theirs, 0.5);
    new Figure(NAME, "ratio_median", ratio, "x").print();
    new Figure(NAME, "ratio_p90", Figure.quantile(ratios, 0.9), "x").print();
    new Figure(NAME, "run_task_median_ms", Figure.quantile(ours, 0.5), "ms").print();
    new Figure(NAME, "docker_run_median_ms", Figure.quantile(theirs, 0.5), "ms").print();
  }

  private static String definition() throws IOException {
    String command = JSON.writeValueAsString(List.of("/bin/busybox", "sh", "-c", Docker.SCRIPT));
    return "{\"family\":\"launch\",\"containerDefinitions\":[{\"name\":\"main\",\"image\":\""
        + Docker.IMAGE
        + "\",\"memory\":16,\"command\":"
        + command
        + "}]}";
  }

  /// One task from RunTask to RUNNING in milliseconds; stopped again before it returns.
  private static double launch(Wire wire) throws IOException, InterruptedException {
    long start = System.nanoTime();
    JsonNode answer = wire.call("RunTask", "{\"taskDefinition\":\"launch\"}");
    String arn = answer.path("tasks").path(0).path("taskArn").asText();
    if (arn.isEmpty()) {
      throw new IOException("not placed: " + answer);
    }
    await(wire, arn, "RUNNING");
    double millis = (System.nanoTime() - start) / 1e6;
    wire.call("StopTask", "{\"task\":\"" + arn + "\"}");
    await(wire, arn, "STOPPED");
    return millis;
  }

  private static void await(Wire wire, String arn, String status)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + ROUND_NANOS;
    while (true) {
      JsonNode task = wire.call("DescribeTasks", "{\"tasks\":[\"" + arn + "\"]}").path("tasks");
      String last = task.path(0).path("lastStatus").asText();
      if (last.equals(status)) {
        return;
      }
      if (last.equals("STOPPED") || System.nanoTime() > end) {
        throw new IOException("the task did not become " + status + ": " + task);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}
