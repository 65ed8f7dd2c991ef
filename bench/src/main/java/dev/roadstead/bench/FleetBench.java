package dev.roadstead.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Services scaled from nothing to many tasks on many fake agents, each task reported RUNNING by
/// its agent; then one agent in a hundred vanishes and its tasks come up elsewhere.
final class FleetBench {
  private static final String NAME = "fleet";
  private static final String CLUSTER = "fleet";
  private static final String ACCOUNT = "111122223333";

  /// Connections for reports, of all agents together: ten thousand with one each would be more
  /// sockets than a process may have here.
  private static final int REPORTS_AT_ONCE = 256;

  /// Agents between two looks at what the server sent to the earlier ones.
  private static final int AGENTS_AT_ONCE = 100;

  private static final long OPEN_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final long SCALE_NANOS = TimeUnit.MINUTES.toNanos(15);
  private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Options options;
  private final int agentCount;
  private final int services;
  private final int tasks;
  private final List<FakeAgent> agents = new ArrayList<>();
  private long saidAt = System.nanoTime();

  FleetBench(Options options) {
    this.options = options;
    agentCount = options.number("agents", 10_000);
    services = options.number("services", 60);
    tasks = options.number("tasks", 300_000);
  }

  void run() throws IOException, InterruptedException {
    Path work = options.work();
    int port = Launched.freePort();
    List<String> words =
        List.of("server", "--data", work.resolve("data").toString(), "--port", "" + port);
    Calls calls = new Calls(port, ACCOUNT);
    try (Launched server = Launched.start(work.resolve("server.log"), environment(), words)) {
      server.awaitHealthy(port);
      try (Wire wire = new Wire(calls);
          Reactor reactor = new Reactor(port)) {
        join(calls, wire, reactor);
        scale(calls, reactor);
        figure("server_resident_mib", server.residentMib(), "MiB");
        lose(reactor);
        figure("server_resident_after_mib", server.residentMib(), "MiB");
      }
    }
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    String profile = options.text("profile");
    if (profile != null) {
      environment.put(
          "JAVA_TOOL_OPTIONS",
          "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + profile);
    }
    return environment;
  }

  private void join(Calls calls, Wire wire, Reactor reactor) throws IOException {
    wire.call("CreateCluster", "{\"clusterName\":\"" + CLUSTER + "\"}");
    wire.call(
        "RegisterTaskDefinition",
        "{\"family\":\"fleet\",\"containerDefinitions\":[{\"name\":\"main\","
            + "\"image\":\"busybox\",\"memory\":6,\"cpu\":1,"
            + "\"command\":[\"sleep\",\"3600\"]}]}");
    for (int i = 0; i < services; i++) {
      wire.call(
          "CreateService",
          ("{\"cluster\":\"%s\",\"serviceName\":\"s%d\",\"taskDefinition\":\"fleet\","
                  + "\"desiredCount\":0}")
              .formatted(CLUSTER, i));
    }
    long began = System.nanoTime();
    CallPool pool = new CallPool(reactor, REPORTS_AT_ONCE);
    while (agents.size() < agentCount) {
      agents.add(FakeAgent.join(reactor, calls, pool, CLUSTER));
      if (agents.size() % AGENTS_AT_ONCE == 0) {
        reactor.serve(OPEN_NANOS, () -> agents.stream().allMatch(FakeAgent::open));
      }
    }
    if (!reactor.serve(OPEN_NANOS, () -> agents.stream().allMatch(FakeAgent::open))) {
      throw new IOException("the agents' channels did not open");
    }
    figure("agents_per_s", agentCount * 1e9 / (System.nanoTime() - began), "1/s");
  }

  /// The agents are served meanwhile: one that owes an answer for long counts as gone.
  private void scale(Calls calls, Reactor reactor) throws IOException {
    long began = System.nanoTime();
    CallPool pool = new CallPool(reactor, services);
    for (int i = 0; i < services; i++) {
      int count = tasks / services + (i < tasks % services ? 1 : 0);
      String request =
          "{\"cluster\":\"%s\",\"service\":\"s%d\",\"desiredCount\":%d}"
              .formatted(CLUSTER, i, count);
      pool.call(calls.call("UpdateService", request), (status, _) -> require(status));
    }
    if (!reactor.serve(SCALE_NANOS, () -> running() >= tasks)) {
      throw new IOException("only " + running() + " tasks are RUNNING");
    }
    figure("tasks_per_s", tasks * 1e9 / (System.nanoTime() - began), "1/s");
  }

  private static void require(int status) throws IOException {
    if (status != 200) {
      throw new IOException("UpdateService is answered with " + status);
    }
  }

  private void lose(Reactor reactor) throws IOException {
    List<FakeAgent> gone = new ArrayList<>();
    for (int i = 0; i < agentCount; i += 100) {
      gone.add(agents.get(i));
    }
    int lost = gone.stream().mapToInt(FakeAgent::running).sum();
    agents.removeAll(gone);
    long began = System.nanoTime();
    for (FakeAgent agent : gone) {
      agent.vanish();
    }
    if (!reactor.serve(SCALE_NANOS, () -> running() >= tasks)) {
      throw new IOException("of " + lost + " lost tasks some are not RUNNING elsewhere");
    }
    figure("lost_tasks", lost, "1");
    figure("recovered_seconds", (System.nanoTime() - began) / 1e9, "s");
  }

  private long running() {
    long running = 0;
    for (FakeAgent agent : agents) {
      running += agent.running();
    }
    if (System.nanoTime() - saidAt > PROGRESS_NANOS) {
      saidAt = System.nanoTime();
      System.err.println(running + " tasks are RUNNING");
    }
    return running;
  }

  private static void figure(String name, double value, String unit) {
    new Figure(NAME, name, value, unit).print();
  }
}
