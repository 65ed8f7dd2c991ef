package dev.roadstead.link.tcs;

import org.jspecify.annotations.Nullable;

/// Answers PublishHealthRequest.
public record AckPublishHealth(@Nullable String message) implements TcsServerMessage {}
