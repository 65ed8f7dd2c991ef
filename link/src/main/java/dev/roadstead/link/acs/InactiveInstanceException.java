package dev.roadstead.link.acs;

import org.jspecify.annotations.Nullable;

/// The container instance was deregistered.
public record InactiveInstanceException(@Nullable String message) implements AcsServerMessage {}
