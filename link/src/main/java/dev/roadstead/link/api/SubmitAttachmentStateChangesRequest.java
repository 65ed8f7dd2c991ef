package dev.roadstead.link.api;

import dev.roadstead.link.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of attachments of the instance.
public record SubmitAttachmentStateChangesRequest(
    @Nullable String cluster, List<AttachmentStateChange> attachments) {
  public SubmitAttachmentStateChangesRequest {
    attachments = Copies.of(attachments);
  }
}
