package dev.roadstead.wire.sigv4;

import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A request as it came over the wire, before any decoding. The arrays and maps are not copied.
public final class SignedRequest {
  private final String method;
  private final String path;
  private final @Nullable String query;
  private final SequencedMap<String, List<String>> headers;
  private final byte[] body;

  /// @param path as sent, for example `/acs/ws`; empty means `/`
  /// @param query as sent, without the question mark; null when there is none
  /// @param headers by lower-case name; the values of each in the order sent
  public SignedRequest(
      String method,
      String path,
      @Nullable String query,
      SequencedMap<String, List<String>> headers,
      byte[] body) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.body = body;
  }

  public String method() {
    return method;
  }

  public String path() {
    return path;
  }

  public @Nullable String query() {
    return query;
  }

  public SequencedMap<String, List<String>> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  /// The only value of a header; null when there is none or several.
  @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.size() != 1 ? null : values.getFirst();
  }
}
