package dev.roadstead.link.tcs;

import org.jspecify.annotations.Nullable;

/// Answers PublishMetricsRequest.
public record AckPublishMetric(@Nullable String message) implements TcsServerMessage {}
