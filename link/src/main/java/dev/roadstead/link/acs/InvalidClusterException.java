package dev.roadstead.link.acs;

import org.jspecify.annotations.Nullable;

/// No such cluster.
public record InvalidClusterException(@Nullable String message) implements AcsServerMessage {}
