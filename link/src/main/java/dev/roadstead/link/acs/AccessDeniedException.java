package dev.roadstead.link.acs;

import org.jspecify.annotations.Nullable;

/// The credentials may not do this.
public record AccessDeniedException(@Nullable String message) implements AcsServerMessage {}
