package dev.roadstead.control.ecs.table;

import dev.roadstead.control.api.Scope;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Table;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Client tokens by account, region, operation and token.
public final class ClientTokens {
  public static final Table<ClientToken> TABLE =
      Table.of("client-tokens", ClientToken.class, ClientToken::key);

  /// How long a repeat is recognised. AWS publishes none; a day outlives any client's retries.
  public static final Duration LIFETIME = Duration.ofHours(24);

  static {
    TABLE.dueAt(ClientToken::expiresAt);
  }

  private ClientTokens() {}

  public static @Nullable ClientToken find(
      State state, Scope scope, String operation, String token) {
    return state.find(TABLE, scope.key(operation, token));
  }
}
