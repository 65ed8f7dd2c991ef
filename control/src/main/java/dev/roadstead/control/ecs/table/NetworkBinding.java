package dev.roadstead.control.ecs.table;

import org.jspecify.annotations.Nullable;

/// A published port, as the agent reported it. Either the single ports or the ranges are set.
public record NetworkBinding(
    String bindIp,
    int containerPort,
    int hostPort,
    String protocol,
    @Nullable String containerPortRange,
    @Nullable String hostPortRange) {}
