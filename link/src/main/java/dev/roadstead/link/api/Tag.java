package dev.roadstead.link.api;

import org.jspecify.annotations.Nullable;

/// A tag.
public record Tag(String key, @Nullable String value) {}
