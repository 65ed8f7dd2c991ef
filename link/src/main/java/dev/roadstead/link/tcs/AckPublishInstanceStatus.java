package dev.roadstead.link.tcs;

import org.jspecify.annotations.Nullable;

/// Answers PublishInstanceStatusRequest.
public record AckPublishInstanceStatus(@Nullable String message) implements TcsServerMessage {}
