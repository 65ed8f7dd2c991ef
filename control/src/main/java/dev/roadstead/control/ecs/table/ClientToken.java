package dev.roadstead.control.ecs.table;

import java.time.Instant;
import java.util.List;

/// A request that must not be performed twice.
///
/// @param operation for example `RunTask`
/// @param token the caller's
/// @param requestHash of the request's content, to tell a repeat from a different request
/// @param resources keys of the rows that it made
public record ClientToken(
    String account,
    String region,
    String operation,
    String token,
    String requestHash,
    List<String> resources,
    Instant expiresAt) {
  public ClientToken {
    resources = List.copyOf(resources);
  }

  public String key() {
    return account + "/" + region + "/" + operation + "/" + token;
  }
}
