package dev.roadstead.link.acs;

import org.jspecify.annotations.Nullable;

/// A task and what is wanted of it.
public record TaskIdentifier(
    String taskArn, @Nullable String taskClusterArn, @Nullable String desiredStatus) {}
