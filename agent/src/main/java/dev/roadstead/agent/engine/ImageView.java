package dev.roadstead.agent.engine;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An image that is on the host.
///
/// @param digest of the repository it was pulled from, `sha256:…`; null for local builds
/// @param env `NAME=value`, from its configuration
public record ImageView(
    String id, @Nullable String digest, List<String> tags, List<String> env, Instant createdAt) {
  public ImageView {
    tags = List.copyOf(tags);
    env = List.copyOf(env);
  }
}
