package dev.roadstead.link.tcs;

import org.jspecify.annotations.Nullable;

/// The control plane wants no more telemetry.
public record StopTelemetrySessionMessage(@Nullable String message) implements TcsServerMessage {}
