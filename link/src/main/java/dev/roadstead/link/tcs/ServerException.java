package dev.roadstead.link.tcs;

import org.jspecify.annotations.Nullable;

/// The control plane failed.
public record ServerException(@Nullable String message) implements TcsServerMessage {}
