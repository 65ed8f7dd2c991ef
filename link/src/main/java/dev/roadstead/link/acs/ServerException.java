package dev.roadstead.link.acs;

import org.jspecify.annotations.Nullable;

/// The control plane failed.
public record ServerException(@Nullable String message) implements AcsServerMessage {}
