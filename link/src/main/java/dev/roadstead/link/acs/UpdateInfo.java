package dev.roadstead.link.acs;

import org.jspecify.annotations.Nullable;

/// Where a new agent is and the SHA-256 of it in hex.
public record UpdateInfo(@Nullable String location, @Nullable String signature) {}
