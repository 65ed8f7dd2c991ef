package dev.roadstead.wire.sigv4;

import org.jspecify.annotations.Nullable;

/// The access keys that exist.
@FunctionalInterface
public interface Keys {
  /// No key at all: with {@link Policy#DEVELOPMENT}, everybody is an account's administrator.
  Keys NONE = (_, _) -> null;

  /// The key of this id, or null when there is none, it is not active, or the token is not its
  /// own. May throw a {@link dev.roadstead.wire.api.Refusal}, for example `ExpiredTokenException`.
  ///
  /// @param sessionToken null when the request has none
  @Nullable Key find(String accessKeyId, @Nullable String sessionToken);

  /// An access key.
  ///
  /// @param account 12 digits
  record Key(String secret, String account, String principalArn) {
    @Override
    public String toString() {
      return "Key[" + principalArn + "]";
    }
  }
}
