package dev.roadstead.link.acs;

import org.jspecify.annotations.Nullable;

/// Asks the agent to become the staged version.
public record PerformUpdateMessage(
    @Nullable String clusterArn,
    @Nullable String containerInstanceArn,
    @Nullable String messageId,
    @Nullable UpdateInfo updateInfo)
    implements AcsServerMessage {}
