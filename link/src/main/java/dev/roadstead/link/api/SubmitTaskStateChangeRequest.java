package dev.roadstead.link.api;

import dev.roadstead.link.Copies;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a task, with all container changes since the last report, in order.
/// @param status `PENDING`, `RUNNING`, `STOPPED`; absent when only attachments changed
@RecordBuilder
public record SubmitTaskStateChangeRequest(
    @Nullable String cluster,
    String task,
    @Nullable String status,
    @Nullable String reason,
    @Nullable Instant pullStartedAt,
    @Nullable Instant pullStoppedAt,
    @Nullable Instant executionStoppedAt,
    List<ContainerStateChange> containers,
    List<AttachmentStateChange> attachments,
    List<ManagedAgentStateChange> managedAgents) {
  public SubmitTaskStateChangeRequest {
    containers = Copies.of(containers);
    attachments = Copies.of(attachments);
    managedAgents = Copies.of(managedAgents);
  }
}
