package dev.roadstead.link.tcs;

import org.jspecify.annotations.Nullable;

/// A message made no sense.
public record BadRequestException(@Nullable String message) implements TcsServerMessage {}
