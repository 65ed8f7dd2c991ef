package dev.roadstead.link.tcs;

import dev.roadstead.link.Copies;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Health of the containers that have health checks.
public record PublishHealthRequest(Metadata metadata, List<TaskHealth> tasks, Instant timestamp)
    implements TcsAgentMessage {
  public PublishHealthRequest {
    tasks = Copies.of(tasks);
  }

  public record Metadata(
      @Nullable String cluster,
      @Nullable String containerInstance,
      @Nullable String messageId,
      @Nullable Boolean fin) {}

  public record TaskHealth(
      @Nullable String taskArn,
      @Nullable String taskDefinitionFamily,
      @Nullable String taskDefinitionVersion,
      List<ContainerHealth> containers) {
    public TaskHealth {
      containers = Copies.of(containers);
    }
  }

  /// Status `HEALTHY`, `UNHEALTHY` or `UNKNOWN`.
  public record ContainerHealth(
      @Nullable String containerName,
      @Nullable String healthStatus,
      @Nullable Instant statusSince) {}
}
