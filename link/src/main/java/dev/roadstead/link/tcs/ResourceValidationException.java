package dev.roadstead.link.tcs;

import org.jspecify.annotations.Nullable;

/// A named resource was wrong.
public record ResourceValidationException(@Nullable String message) implements TcsServerMessage {}
