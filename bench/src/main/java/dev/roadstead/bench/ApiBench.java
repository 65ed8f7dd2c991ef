package dev.roadstead.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Acknowledged RunTask calls of one task and DescribeTasks calls of ten per second, with fake
/// agents that acknowledge and report every task, on the machine that also makes the load.
final class ApiBench {
  private static final String NAME = "api";
  private static final String CLUSTER = "bench";
  private static final String ACCOUNT = "111122223333";
  private static final int DESCRIBED = 10;

  /// Amazon's agent sends up to ten reports at once; four keep up with what is asked of it here.
  private static final int REPORTS_AT_ONCE = 4;

  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final byte[] ARN_START = "\"taskArn\":\"".getBytes(StandardCharsets.US_ASCII);

  private final Options options;
  private final int connections;
  private final long warmNanos;
  private final long nanos;

  /// Arns of started tasks, for DescribeTasks.
  private final List<String> arns = new ArrayList<>();

  private long started;

  ApiBench(Options options) {
    this.options = options;
    connections = options.number("connections", 64);
    warmNanos = TimeUnit.SECONDS.toNanos(options.number("warm-seconds", 30));
    nanos = TimeUnit.SECONDS.toNanos(options.number("seconds", 10));
  }

  void run() throws IOException, InterruptedException {
    Path work = options.work();
    figure("fsync_per_s", DiskRate.measure(work), "1/s");
    int port = Launched.freePort();
    List<String> words =
        List.of("server", "--data", work.resolve("data").toString(), "--port", "" + port);
    Calls calls = new Calls(port, ACCOUNT);
    try (Launched server = Launched.start(work.resolve("server.log"), environment(), words)) {
      server.awaitHealthy(port);
      try (Wire wire = new Wire(calls);
          Reactor reactor = new Reactor(port)) {
        measure(server, calls, wire, reactor);
        figure("server_resident_mib", server.residentMib(), "MiB");
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

  private void measure(Launched server, Calls calls, Wire wire, Reactor reactor)
      throws IOException {
    wire.call("CreateCluster", "{\"clusterName\":\"" + CLUSTER + "\"}");
    wire.call(
        "RegisterTaskDefinition",
        "{\"family\":\"bench\",\"containerDefinitions\":[{\"name\":\"main\",\"image\":\"busybox\","
            + "\"memory\":6,\"cpu\":1,\"command\":[\"sleep\",\"3600\"]}]}");
    List<FakeAgent> agents = new ArrayList<>();
    for (int i = options.number("agents", 16); i > 0; i--) {
      CallPool pool = new CallPool(reactor, REPORTS_AT_ONCE);
      agents.add(FakeAgent.start(reactor, calls, pool, wire, CLUSTER));
    }
    require(
        reactor.serve(SETTLE_NANOS, () -> agents.stream().allMatch(FakeAgent::open)),
        "the agents' channels did not open");
    runTasks(server, calls, reactor, agents);
    long missing = settle(reactor, agents);
    figure("unreported_tasks", (double) missing, "1");
    figure("refused_reports", (double) agents.stream().mapToLong(FakeAgent::refused).sum(), "1");
    describeTasks(server, calls, reactor);
  }

  private void runTasks(Launched server, Calls calls, Reactor reactor, List<FakeAgent> agents)
      throws IOException {
    byte[] request =
        calls.call(
            "RunTask",
            "{\"cluster\":\"" + CLUSTER + "\",\"taskDefinition\":\"bench\",\"count\":1}");
    Load load = new Load(reactor, connections, _ -> request, this::started);
    load.run(warmNanos);
    long before = agents.stream().mapToLong(FakeAgent::reported).sum();
    Cpu cpu = Cpu.now(server);
    double[] latencies = load.run(nanos);
    cpu.print("run_task", server, latencies.length);
    long after = agents.stream().mapToLong(FakeAgent::reported).sum();
    load.finish();
    figure("run_task_per_s", latencies.length * 1e9 / nanos, "1/s");
    figure("run_task_p50_ms", Figure.quantile(latencies, 0.5), "ms");
    figure("run_task_p99_ms", Figure.quantile(latencies, 0.99), "ms");
    figure("reports_per_s", (after - before) * 1e9 / nanos, "1/s");
  }

  private void started(ByteBuffer body) throws IOException {
    started++;
    int at = indexOf(body, ARN_START);
    if (at < 0) {
      throw new IOException("no task: " + StandardCharsets.UTF_8.decode(body));
    }
    int start = at + ARN_START.length;
    int end = start;
    while (body.get(end) != '"') {
      end++;
    }
    byte[] array = body.array();
    arns.add(new String(array, body.arrayOffset() + start, end - start, StandardCharsets.US_ASCII));
  }

  private static int indexOf(ByteBuffer in, byte[] wanted) {
    for (int at = in.position(); at <= in.limit() - wanted.length; at++) {
      int same = 0;
      while (same < wanted.length && in.get(at + same) == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return at;
      }
    }
    return -1;
  }

  /// Waits until every started task has been reported. Returns how many were not in time.
  private long settle(Reactor reactor, List<FakeAgent> agents) throws IOException {
    long start = System.nanoTime();
    reactor.serve(
        SETTLE_NANOS,
        () ->
            agents.stream().mapToLong(agent -> agent.reported() + agent.refused()).sum()
                >= started);
    figure("report_lag_seconds", (System.nanoTime() - start) / 1e9, "s");
    return started - agents.stream().mapToLong(FakeAgent::reported).sum();
  }

  private void describeTasks(Launched server, Calls calls, Reactor reactor) throws IOException {
    List<byte[]> requests = new ArrayList<>();
    for (int i = Math.max(0, arns.size() - 1000 * DESCRIBED);
        i + DESCRIBED <= arns.size();
        i += DESCRIBED) {
      requests.add(
          calls.call(
              "DescribeTasks",
              "{\"cluster\":\""
                  + CLUSTER
                  + "\",\"tasks\":[\""
                  + String.join("\",\"", arns.subList(i, i + DESCRIBED))
                  + "\"]}"));
    }
    require(!requests.isEmpty(), "too few tasks were started");
    Load load =
        new Load(reactor, connections, n -> requests.get((int) (n % requests.size())), _ -> {});
    load.run(warmNanos);
    Cpu cpu = Cpu.now(server);
    double[] latencies = load.run(nanos);
    cpu.print("describe_tasks", server, latencies.length);
    load.finish();
    figure("describe_tasks_per_s", latencies.length * 1e9 / nanos, "1/s");
    figure("describe_tasks_p99_ms", Figure.quantile(latencies, 0.99), "ms");
  }

  /// Processor time used, which tells what a call costs even on a machine that is busy otherwise.
  private record Cpu(long server, long generator) {
    static Cpu now(Launched server) throws IOException {
      return new Cpu(server.cpuMicros(), Launched.ownCpuMicros());
    }

    void print(String what, Launched process, int calls) throws IOException {
      Cpu now = now(process);
      double count = Math.max(1, calls);
      figure(what + "_server_cpu_us", (now.server - server) / count, "us");
      figure(what + "_generator_cpu_us", (now.generator - generator) / count, "us");
    }
  }

  private static void figure(String name, double value, String unit) {
    new Figure(NAME, name, value, unit).print();
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }
}
