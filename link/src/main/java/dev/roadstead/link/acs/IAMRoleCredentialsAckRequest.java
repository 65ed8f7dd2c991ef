package dev.roadstead.link.acs;

import org.jspecify.annotations.Nullable;

/// One per credential set received.
public record IAMRoleCredentialsAckRequest(
    @Nullable String messageId, @Nullable String expiration, @Nullable String credentialsId)
    implements AcsAgentMessage {}
