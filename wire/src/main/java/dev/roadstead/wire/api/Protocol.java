package dev.roadstead.wire.api;

/// How a service's requests and answers are spelled.
public enum Protocol {
  /// AWS JSON 1.1: POST, `X-Amz-Target: PREFIX.Operation`.
  JSON_1_1
}
