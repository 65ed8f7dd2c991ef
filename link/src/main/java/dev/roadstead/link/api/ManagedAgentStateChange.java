package dev.roadstead.link.api;

import org.jspecify.annotations.Nullable;

/// What became of a managed agent.
public record ManagedAgentStateChange(
    String containerName,
    String managedAgentName,
    @Nullable String status,
    @Nullable String reason) {}
