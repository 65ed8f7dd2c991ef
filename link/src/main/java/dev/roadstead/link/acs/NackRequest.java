package dev.roadstead.link.acs;

import org.jspecify.annotations.Nullable;

/// Refused, with a reason.
public record NackRequest(
    @Nullable String cluster,
    @Nullable String containerInstance,
    @Nullable String messageId,
    @Nullable String reason)
    implements AcsAgentMessage {}
