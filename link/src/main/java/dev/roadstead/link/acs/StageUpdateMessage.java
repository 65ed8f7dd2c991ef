package dev.roadstead.link.acs;

import org.jspecify.annotations.Nullable;

/// Asks the agent to fetch a new version of itself.
public record StageUpdateMessage(
    @Nullable String clusterArn,
    @Nullable String containerInstanceArn,
    @Nullable String messageId,
    @Nullable UpdateInfo updateInfo)
    implements AcsServerMessage {}
