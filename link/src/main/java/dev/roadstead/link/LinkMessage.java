package dev.roadstead.link;

/// Anything that travels in an envelope `{"type": ..., "message": {...}}`.
public interface LinkMessage {}
