package dev.roadstead.link.api;

/// Made once, when no cluster is configured and `default` is missing.
public record CreateClusterRequest(String clusterName) {}
