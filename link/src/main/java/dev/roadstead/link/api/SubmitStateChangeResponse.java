package dev.roadstead.link.api;

import org.jspecify.annotations.Nullable;

/// Ignored; status 200 is all that counts.
public record SubmitStateChangeResponse(@Nullable String acknowledgment) {}
