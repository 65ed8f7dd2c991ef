package dev.roadstead.link.acs;

import org.jspecify.annotations.Nullable;

/// The control plane is about to close the channel.
public record CloseMessage(@Nullable String message) implements AcsServerMessage {}
