package dev.roadstead.link.acs;

import org.jspecify.annotations.Nullable;

/// Answers HeartbeatMessage.
public record HeartbeatAckRequest(@Nullable String messageId) implements AcsAgentMessage {}
