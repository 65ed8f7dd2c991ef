package dev.roadstead.server.node;

import dev.roadstead.control.node.TcsSession;
import dev.roadstead.link.tcs.ContainerMetric;
import dev.roadstead.link.tcs.PublishMetricsRequest;
import dev.roadstead.link.tcs.TaskMetric;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What tasks used of their machines when last heard of. Kept in memory only: the next report comes
/// within 20 seconds.
public final class TaskUse {
  /// As many tasks as one control plane is measured with.
  static final int TASKS_MAX = 100_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Figures> latest = new LinkedHashMap<>();

  /// Means over the last period, over all containers.
  ///
  /// @param cpuPercent of the whole machine
  /// @param memoryMib in use
  public record Figures(double cpuPercent, double memoryMib, Instant at) {}

  /// The latest figures of a task, by the key of its row; null when none came lately.
  public @Nullable Figures find(String taskKey) {
    lock.lock();
    try {
      return latest.get(taskKey);
    } finally {
      lock.unlock();
    }
  }

  void add(PublishMetricsRequest request, Instant now) {
    lock.lock();
    try {
      for (TaskMetric task : request.taskMetrics()) {
        String key = TcsSession.taskKey(task.taskArn());
        if (key != null) {
          latest.remove(key);
          latest.put(key, figures(task, now));
        }
      }
      while (latest.size() > TASKS_MAX) {
        latest.remove(latest.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  private static Figures figures(TaskMetric task, Instant now) {
    double cpu = 0;
    double memory = 0;
    for (ContainerMetric one : task.containerMetrics()) {
      cpu += mean(one.cpuStatsSet());
      memory += mean(one.memoryStatsSet());
    }
    return new Figures(cpu, memory, now);
  }

  private static double mean(ContainerMetric.@Nullable StatsSet set) {
    return set == null || set.sampleCount() <= 0 ? 0 : set.sum() / set.sampleCount();
  }
}
