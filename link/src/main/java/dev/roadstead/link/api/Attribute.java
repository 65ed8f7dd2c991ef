package dev.roadstead.link.api;

import org.jspecify.annotations.Nullable;

/// An attribute of a container instance; capabilities have no value.
public record Attribute(String name, @Nullable String value) {}
