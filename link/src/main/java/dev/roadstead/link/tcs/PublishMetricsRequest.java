package dev.roadstead.link.tcs;

import dev.roadstead.link.Copies;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Resource use since the last message.
public record PublishMetricsRequest(
    Metadata metadata, List<TaskMetric> taskMetrics, Instant timestamp) implements TcsAgentMessage {
  public PublishMetricsRequest {
    taskMetrics = Copies.of(taskMetrics);
  }

  /// A set may be split over messages with one id; the last says `fin`.
  public record Metadata(
      @Nullable String cluster,
      @Nullable String containerInstance,
      @Nullable String messageId,
      @Nullable Boolean idle,
      @Nullable Boolean fin) {}
}
