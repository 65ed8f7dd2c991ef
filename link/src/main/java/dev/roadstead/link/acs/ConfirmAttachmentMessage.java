package dev.roadstead.link.acs;

import dev.roadstead.link.task.Attachment;
import org.jspecify.annotations.Nullable;

/// Announces a volume that is about to appear.
public record ConfirmAttachmentMessage(
    @Nullable String clusterArn,
    @Nullable String containerInstanceArn,
    @Nullable String taskArn,
    @Nullable String taskClusterArn,
    @Nullable String messageId,
    @Nullable Long generatedAt,
    @Nullable Long waitTimeoutMs,
    @Nullable Attachment attachment)
    implements AcsServerMessage {}
