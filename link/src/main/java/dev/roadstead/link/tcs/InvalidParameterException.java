package dev.roadstead.link.tcs;

import org.jspecify.annotations.Nullable;

/// A field was wrong.
public record InvalidParameterException(@Nullable String message) implements TcsServerMessage {}
