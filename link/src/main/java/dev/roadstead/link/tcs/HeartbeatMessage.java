package dev.roadstead.link.tcs;

import org.jspecify.annotations.Nullable;

/// Keeps the channel alive.
public record HeartbeatMessage(@Nullable Boolean healthy) implements TcsServerMessage {}
