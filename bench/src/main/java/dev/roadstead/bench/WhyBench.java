package dev.roadstead.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// How long `why` takes on a cluster of many fake instances where one of everything is wrong: the
/// server's answer, and the whole command as a user runs it. Fails when a cause is named wrongly.
final class WhyBench {
  private static final String NAME = "why";
  private static final String CLUSTER = "default";
  private static final String ACCOUNT = "111122223333";
  private static final int REPORTS_AT_ONCE = 64;
  private static final int AGENTS_AT_ONCE = 100;
  private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final double MILLIS = 1e6;

  /// More than half of what a fake instance has: one task on each.
  private static final int HALF = 600_000_000;

  private final Options options;
  private final int agentCount;
  private final int rounds;
  private final List<FakeAgent> agents = new ArrayList<>();

  /// The reason that is expected, by what is asked about.
  private final Map<String, String> subjects = new LinkedHashMap<>();

  WhyBench(Options options) {
    this.options = options;
    agentCount = options.number("agents", 1000);
    rounds = options.number("rounds", 20);
  }

  void run() throws IOException, InterruptedException {
    Path work = options.work();
    int port = Launched.freePort();
    List<String> words =
        List.of("server", "--data", work.resolve("data").toString(), "--port", "" + port);
    Calls calls = new Calls(port, ACCOUNT);
    try (Launched server = Launched.start(work.resolve("server.log"), Map.of(), words)) {
      server.awaitHealthy(port);
      try (Wire wire = new Wire(calls);
          Reactor reactor = new Reactor(port)) {
        join(calls, wire, reactor);
        seed(wire, reactor);
        ask(wire);
        command(port);
      }
    }
  }

  private void join(Calls calls, Wire wire, Reactor reactor) throws IOException {
    wire.call("CreateCluster", "{}");
    CallPool pool = new CallPool(reactor, REPORTS_AT_ONCE);
    while (agents.size() < agentCount) {
      agents.add(FakeAgent.join(reactor, calls, pool, CLUSTER));
      if (agents.size() % AGENTS_AT_ONCE == 0 || agents.size() == agentCount) {
        reactor.serve(WAIT_NANOS, () -> agents.stream().allMatch(FakeAgent::open));
      }
    }
  }

  /// One task more than there are instances wherever an instance takes only one.
  private void seed(Wire wire, Reactor reactor) throws IOException {
    int more = agentCount + 1;
    String fixed = "\"portMappings\": [{\"containerPort\": 80, \"hostPort\": 80}]";
    String gpus = "\"resourceRequirements\": [{\"type\": \"GPU\", \"value\": \"2\"}]";
    String driver = "\"logConfiguration\": {\"logDriver\": \"fluentd\"}";
    service(wire, "cpu", "\"cpu\": " + HALF, more, "", "no-cpu");
    service(wire, "port", fixed, more, "", "port-in-use");
    service(wire, "gpu", gpus, 1, "", "no-gpu");
    service(wire, "log", driver, 1, "", "capability-missing");
    String query = "{\"type\": \"memberOf\", \"expression\": \"attribute:color == blue\"}";
    service(wire, "query", "\"cpu\": 1", 1, query, "constraint-unmet");
    String distinct = "{\"type\": \"distinctInstance\"}";
    service(wire, "own", "\"cpu\": 1", more, distinct, "distinct-instance");
    int running = 3 * agentCount;
    if (!reactor.serve(WAIT_NANOS, () -> running() >= running)) {
      throw new IOException("only " + running() + " of " + running + " tasks are RUNNING");
    }
    JsonNode arns = wire.call("ListTasks", "{\"serviceName\": \"own\"}").path("taskArns");
    String stopped = arns.path(0).asText();
    wire.call("StopTask", "{\"task\": \"" + stopped + "\"}");
    reactor.serve(TimeUnit.SECONDS.toNanos(2), () -> false);
    subjects.put(stopped, "stopped-by-caller");
    subjects.put(arns.path(1).asText(), "as-wanted");
    subjects.put(CLUSTER, "as-wanted");
  }

  private void service(
      Wire wire, String name, String members, int count, String constraint, String reason)
      throws IOException {
    wire.call(
        "RegisterTaskDefinition",
        ("{\"family\": \"%s\", \"containerDefinitions\": [{\"name\": \"a\", \"image\": \"b\","
                + " \"memory\": 6, %s}]}")
            .formatted(name, members));
    wire.call(
        "CreateService",
        ("{\"serviceName\": \"%s\", \"taskDefinition\": \"%s\", \"desiredCount\": %d,"
                + " \"placementConstraints\": [%s]}")
            .formatted(name, name, count, constraint));
    subjects.put(CLUSTER + "/" + name, reason);
  }

  private int running() {
    return agents.stream().mapToInt(FakeAgent::running).sum();
  }

  private void ask(Wire wire) throws IOException {
    List<Double> first = new ArrayList<>();
    List<Double> later = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      for (Map.Entry<String, String> one : subjects.entrySet()) {
        long began = System.nanoTime();
        JsonNode found = wire.call("Roadstead.Why", "{\"subject\": \"" + one.getKey() + "\"}");
        (i == 0 ? first : later).add((System.nanoTime() - began) / MILLIS);
        if (!found.path("reason").asText().equals(one.getValue())) {
          throw new IOException(one + " is named wrongly: " + found);
        }
      }
    }
    figure("instances", agentCount, "1");
    figure("subjects", subjects.size(), "1");
    figure("first_call_max_ms", quantile(first, 1), "ms");
    figure("call_p50_ms", quantile(later, 0.5), "ms");
    figure("call_max_ms", quantile(later, 1), "ms");
  }

  /// The whole process, with the start of its machine.
  private void command(int port) throws IOException, InterruptedException {
    List<Double> times = new ArrayList<>();
    for (String subject : subjects.keySet()) {
      List<String> words = List.of("why", subject, "--server", "http://127.0.0.1:" + port);
      times.add(Launched.run(Map.of("AWS_ACCESS_KEY_ID", ACCOUNT), words) * 1000);
    }
    figure("command_p50_ms", quantile(times, 0.5), "ms");
    figure("command_max_ms", quantile(times, 1), "ms");
  }

  private static double quantile(List<Double> samples, double part) {
    return Figure.quantile(samples.stream().mapToDouble(Double::doubleValue).toArray(), part);
  }

  private static void figure(String figure, double value, String unit) {
    new Figure(NAME, figure, value, unit).print();
  }
}
