package dev.roadstead.link.acs;

import org.jspecify.annotations.Nullable;

/// No such container instance.
public record InvalidInstanceException(@Nullable String message) implements AcsServerMessage {}
