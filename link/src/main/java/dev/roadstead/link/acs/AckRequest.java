package dev.roadstead.link.acs;

import org.jspecify.annotations.Nullable;

/// Accepted and saved; copies of the message's own ids.
public record AckRequest(
    @Nullable String cluster, @Nullable String containerInstance, @Nullable String messageId)
    implements AcsAgentMessage {}
