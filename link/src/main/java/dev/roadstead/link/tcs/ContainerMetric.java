package dev.roadstead.link.tcs;

import org.jspecify.annotations.Nullable;

/// Resource use of one container.
/// @param cpuStatsSet percent of the whole host, 0 to 100
/// @param memoryStatsSet MiB used
public record ContainerMetric(
    @Nullable String containerName,
    @Nullable StatsSet cpuStatsSet,
    @Nullable StatsSet memoryStatsSet,
    @Nullable NetworkStatsSet networkStatsSet,
    @Nullable StorageStatsSet storageStatsSet,
    @Nullable RestartStatsSet restartStatsSet) {

  /// Figures over one period.
  public record StatsSet(double min, double max, double sum, int sampleCount) {}

  /// A cumulative counter over one period.
  public record CounterSet(
      long min,
      long max,
      long sum,
      int sampleCount,
      long overflowMin,
      long overflowMax,
      long overflowSum) {}

  public record NetworkStatsSet(
      @Nullable CounterSet rxBytes,
      @Nullable CounterSet rxPackets,
      @Nullable CounterSet rxErrors,
      @Nullable CounterSet rxDropped,
      @Nullable CounterSet txBytes,
      @Nullable CounterSet txPackets,
      @Nullable CounterSet txErrors,
      @Nullable CounterSet txDropped,
      @Nullable StatsSet rxBytesPerSecond,
      @Nullable StatsSet txBytesPerSecond) {}

  public record StorageStatsSet(
      @Nullable CounterSet readSizeBytes, @Nullable CounterSet writeSizeBytes) {}

  public record RestartStatsSet(long restartCount) {}
}
