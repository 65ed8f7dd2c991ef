package dev.roadstead.control.ecs.api;

/// A tag of a resource.
public record Tag(String key, String value) {}
