package dev.roadstead.link.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// GetTaskProtection and UpdateTaskProtection.
///
/// @param protectionEnabled null to ask only
public record TaskProtectionRequest(
    String cluster,
    List<String> tasks,
    @Nullable Boolean protectionEnabled,
    @Nullable Integer expiresInMinutes) {}
