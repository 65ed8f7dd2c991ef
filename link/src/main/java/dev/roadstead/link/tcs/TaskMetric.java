package dev.roadstead.link.tcs;

import dev.roadstead.link.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Resource use of one task.
public record TaskMetric(
    @Nullable String taskArn,
    @Nullable String taskDefinitionFamily,
    @Nullable String taskDefinitionVersion,
    List<ContainerMetric> containerMetrics) {
  public TaskMetric {
    containerMetrics = Copies.of(containerMetrics);
  }
}
