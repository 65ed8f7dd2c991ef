package dev.roadstead.control.ecs.table;

import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.wire.codec.JsonShapes;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/// The client token of one call: the same token with the same parameters does nothing twice.
///
/// @param token null when the caller sent none
/// @param requestHash of everything that was sent; empty when nothing asks for it
public record RequestToken(
    Scope scope, String operation, @Nullable String token, String requestHash) {
  private static final int HASH_BYTES = 16; // enough to tell two honest requests apart

  /// What was sent as a token; null when nothing. Refuses what is none with
  /// InvalidParameterException.
  public static @Nullable String checked(@Nullable String sent, int charsMax) {
    if (sent == null || sent.isEmpty()) {
      return null;
    }
    if (sent.length() > charsMax || !sent.chars().allMatch(c -> c >= 33 && c <= 126)) {
      throw EcsErrors.invalidParameter(
          "clientToken must be at most " + charsMax + " printable ASCII characters.");
    }
    return sent;
  }

  /// What tells a repeat of a request from another one.
  public static String hash(SdkPojo request) {
    return HexFormat.of().formatHex(JsonShapes.fingerprint(request), 0, HASH_BYTES);
  }

  /// The call that came with the token before; null when none did.
  public @Nullable ClientToken known(State state) {
    return token == null ? null : ClientTokens.find(state, scope, operation, token);
  }

  /// Whether that call was the same.
  public boolean repeats(ClientToken known) {
    return known.requestHash().equals(requestHash);
  }

  /// The row that remembers this call; none without a token.
  ///
  /// @param resources keys of the rows that it made
  public List<Change> remember(List<String> resources, Instant now) {
    return token == null
        ? List.of()
        : List.of(
            ClientTokens.TABLE.put(
                new ClientToken(
                    scope.account(),
                    scope.region(),
                    operation,
                    token,
                    requestHash,
                    resources,
                    now.plus(ClientTokens.LIFETIME))));
  }
}
