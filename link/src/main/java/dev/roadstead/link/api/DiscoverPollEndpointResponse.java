package dev.roadstead.link.api;

import org.jspecify.annotations.Nullable;

/// URLs with scheme: ACS and TCS.
public record DiscoverPollEndpointResponse(
    @Nullable String endpoint,
    @Nullable String telemetryEndpoint,
    @Nullable String serviceConnectEndpoint,
    @Nullable String systemLogsEndpoint) {}
