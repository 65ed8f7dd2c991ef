package dev.roadstead.link.codec;

/// Anything that travels in an envelope `{"type": ..., "message": {...}}`.
public interface LinkMessage {}
