package dev.roadstead.control.ecs.table;

import java.time.Instant;

/// A line in the history of a service.
///
/// @param serviceKey key of the service's row
/// @param sequence higher for newer ones
/// @param id a UUID
public record ServiceEvent(
    String serviceKey, long sequence, String id, Instant createdAt, String message) {}
