package dev.roadstead.link.api;

import org.jspecify.annotations.Nullable;

/// A published port or a range of them.
public record NetworkBinding(
    @Nullable String bindIP,
    @Nullable Integer containerPort,
    @Nullable Integer hostPort,
    @Nullable String protocol,
    @Nullable String containerPortRange,
    @Nullable String hostPortRange) {}
