package dev.roadstead.link.tcs;

import dev.roadstead.link.Copies;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Health of the node itself.
public record PublishInstanceStatusRequest(
    Metadata metadata, List<InstanceStatus> statuses, Instant timestamp)
    implements TcsAgentMessage {
  public PublishInstanceStatusRequest {
    statuses = Copies.of(statuses);
  }

  public record Metadata(
      @Nullable String cluster, @Nullable String containerInstance, @Nullable String requestId) {}

  /// Type `ContainerRuntime`; status `OK`, `IMPAIRED`, `INSUFFICIENT_DATA`, `INITIALIZING`.
  public record InstanceStatus(
      String type,
      String status,
      @Nullable Instant lastUpdated,
      @Nullable Instant lastStatusChange) {}
}
