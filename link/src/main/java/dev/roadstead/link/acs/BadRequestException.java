package dev.roadstead.link.acs;

import org.jspecify.annotations.Nullable;

/// The agent's request made no sense.
public record BadRequestException(@Nullable String message) implements AcsServerMessage {}
