package dev.roadstead.agent.shell;

import dev.roadstead.agent.engine.ContainerEngine;
import dev.roadstead.agent.engine.ContainerView;
import dev.roadstead.agent.engine.EngineTrouble;
import dev.roadstead.link.tcs.ContainerMetric;
import dev.roadstead.link.tcs.ContainerMetric.CounterSet;
import dev.roadstead.link.tcs.ContainerMetric.NetworkStatsSet;
import dev.roadstead.link.tcs.ContainerMetric.StatsSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads what containers use from the kernel's own files, which is much cheaper than the engine's
/// stats. Works for control groups of version 1 and 2. Two readings make one figure. Used by one
/// thread at a time.
final class CgroupStats {
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
  private static final double MIB = 1024.0 * 1024;
  private static final double PERCENT = 100;

  /// Readings kept for the next difference; forgotten when a container was not read for a while.
  private static final int READINGS_MAX = 2000;

  private record Reading(Instant at, long cpuNanos, long rxBytes, long txBytes) {}

  private final ContainerEngine engine;
  private final int cpus;
  private final Map<String, Reading> last = new TreeMap<>();

  CgroupStats(ContainerEngine engine, int cpus) {
    this.engine = engine;
    this.cpus = cpus;
  }

  /// The figures since the last reading; null at the first one, or when the files are not here.
  @Nullable ContainerMetric read(String name, String dockerId, Instant now) {
    try {
      ContainerView view = engine.inspect(dockerId);
      if (view == null || view.pid() == 0) {
        return null;
      }
      var paths = paths(view.pid());
      long[] network = network(view.pid());
      var reading = new Reading(now, cpuNanos(paths), network[0], network[8]);
      if (last.size() > READINGS_MAX) {
        last.clear();
      }
      Reading before = last.put(dockerId, reading);
      if (before == null || !before.at().isBefore(now)) {
        return null;
      }
      double seconds = Duration.between(before.at(), now).toNanos() / 1e9;
      double cpu = (reading.cpuNanos() - before.cpuNanos()) / (seconds * 1e9) * PERCENT / cpus;
      return new ContainerMetric(
          name,
          one(Math.max(cpu, 0)),
          one(memoryBytes(paths) / MIB),
          network(network, before, seconds),
          null,
          null);
    } catch (EngineTrouble | IOException | NumberFormatException e) {
      return null; // Gone meanwhile, or on another machine.
    }
  }

  private static StatsSet one(double value) {
    return new StatsSet(value, value, value, 1);
  }

  /// Directories by controller; under the empty name the one of version 2.
  private static Map<String, Path> paths(int pid) throws IOException {
    var paths = new TreeMap<String, Path>();
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/cgroup"))) {
      String[] parts = line.split(":", 3);
      String relative = parts[2].substring(1);
      for (String controller : parts[1].split(",", -1)) {
        paths.put(controller, CGROUPS.resolve(parts[1]).resolve(relative));
      }
    }
    return paths;
  }

  private static long cpuNanos(Map<String, Path> paths) throws IOException {
    Path v1 = paths.get("cpuacct");
    if (v1 != null) {
      return number(v1.resolve("cpuacct.usage"));
    }
    return field(unified(paths).resolve("cpu.stat"), "usage_usec") * 1000;
  }

  private static long memoryBytes(Map<String, Path> paths) throws IOException {
    Path v1 = paths.get("memory");
    if (v1 != null) {
      long cache = field(v1.resolve("memory.stat"), "total_cache");
      return Math.max(0, number(v1.resolve("memory.usage_in_bytes")) - cache);
    }
    Path v2 = unified(paths);
    long inactive = field(v2.resolve("memory.stat"), "inactive_file");
    return Math.max(0, number(v2.resolve("memory.current")) - inactive);
  }

  private static Path unified(Map<String, Path> paths) throws IOException {
    Path path = paths.get("");
    if (path == null) {
      throw new IOException("no control group");
    }
    return path;
  }

  private static long number(Path file) throws IOException {
    return Long.parseLong(Files.readString(file).strip());
  }

  private static long field(Path file, String name) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(name + " ")) {
        return Long.parseLong(line.substring(name.length() + 1).strip());
      }
    }
    return 0;
  }

  /// The 16 counters of eth0 in the kernel's order; all zero without that interface.
  private static long[] network(int pid) throws IOException {
    var counters = new long[16];
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/net/dev"))) {
      String text = line.strip();
      if (text.startsWith("eth0:")) {
        List<String> fields = List.of(text.substring(5).strip().split(" +", -1));
        for (int i = 0; i < counters.length && i < fields.size(); i++) {
          counters[i] = Long.parseLong(fields.get(i));
        }
      }
    }
    return counters;
  }

  private static @Nullable NetworkStatsSet network(long[] now, Reading before, double seconds) {
    if (now[0] == 0 && now[8] == 0) {
      return null;
    }
    return new NetworkStatsSet(
        counter(now[0]),
        counter(now[1]),
        counter(now[2]),
        counter(now[3]),
        counter(now[8]),
        counter(now[9]),
        counter(now[10]),
        counter(now[11]),
        one((now[0] - before.rxBytes()) / seconds),
        one((now[8] - before.txBytes()) / seconds));
  }

  private static CounterSet counter(long value) {
    return new CounterSet(value, value, value, 1, 0, 0, 0);
  }
}
