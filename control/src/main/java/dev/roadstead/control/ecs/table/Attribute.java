package dev.roadstead.control.ecs.table;

import org.jspecify.annotations.Nullable;

/// An attribute of a container instance, or one that a task definition requires.
///
/// @param value null when the attribute only exists, as capabilities do
public record Attribute(String name, @Nullable String value) {}
