package dev.roadstead.link.acs;

import org.jspecify.annotations.Nullable;

/// Keeps the channel alive; answered by HeartbeatAckRequest.
public record HeartbeatMessage(@Nullable Boolean healthy, @Nullable String messageId)
    implements AcsServerMessage {}
