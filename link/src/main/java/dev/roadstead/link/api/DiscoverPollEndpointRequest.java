package dev.roadstead.link.api;

import org.jspecify.annotations.Nullable;

/// Asks where the websockets are.
public record DiscoverPollEndpointRequest(
    @Nullable String cluster, @Nullable String containerInstance, @Nullable String zoneId) {}
