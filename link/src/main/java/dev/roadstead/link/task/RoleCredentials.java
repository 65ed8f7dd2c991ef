package dev.roadstead.link.task;

import org.jspecify.annotations.Nullable;

/// Credentials of a role for one task. The id becomes a URL path, so it must be unguessable.
/// @param expiration ISO 8601, handed to the container untouched
public record RoleCredentials(
    String credentialsId,
    @Nullable String roleArn,
    @Nullable String accessKeyId,
    @Nullable String secretAccessKey,
    @Nullable String sessionToken,
    @Nullable String expiration,
    @Nullable String credentialScope) {

  /// Hides the keys.
  @Override
  public String toString() {
    return "RoleCredentials[credentialsId=***, roleArn=" + roleArn + "]";
  }
}
