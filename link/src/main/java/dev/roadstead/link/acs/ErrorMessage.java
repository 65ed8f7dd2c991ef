package dev.roadstead.link.acs;

import org.jspecify.annotations.Nullable;

/// Something was wrong with what the agent sent; for its log.
public record ErrorMessage(@Nullable String message) implements AcsServerMessage {}
