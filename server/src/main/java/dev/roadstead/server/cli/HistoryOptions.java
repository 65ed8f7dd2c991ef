package dev.roadstead.server.cli;

import dev.roadstead.server.history.HistoryLimits;
import dev.roadstead.server.host.Missing;
import java.time.Duration;
import picocli.CommandLine.Option;

/// The options that say how much is kept of stopped tasks.
final class HistoryOptions {
  @Option(
      names = "--history-days",
      paramLabel = "N",
      description = "How long stopped tasks can be looked up; default: ${DEFAULT-VALUE}.")
  private int days = (int) HistoryLimits.USUAL.age().toDays();

  @Option(
      names = "--history-tasks",
      paramLabel = "N",
      description = "The most of them, the oldest go first; default: ${DEFAULT-VALUE}.")
  private long tasks = HistoryLimits.USUAL.tasks();

  HistoryLimits limits() {
    if (days < 0 || tasks < 0) {
      throw new Missing("Give --history-days and --history-tasks as 0 or more.");
    }
    return new HistoryLimits(Duration.ofDays(days), tasks);
  }
}
