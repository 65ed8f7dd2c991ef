package dev.roadstead.control.ecs.table;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When things happened to a task. Pull and execution times are the agent's, the others are the
/// control plane's; null until they happen.
@RecordBuilder
public record TaskTimes(
    Instant createdAt,
    @Nullable Instant connectivityAt,
    @Nullable Instant pullStartedAt,
    @Nullable Instant pullStoppedAt,
    @Nullable Instant startedAt,
    @Nullable Instant stoppingAt,
    @Nullable Instant executionStoppedAt,
    @Nullable Instant stoppedAt) {}
