package dev.roadstead.wire.http;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// What a request asks for: the target of its first line. Source: RFC 9112, section 3.2.
///
/// @param path as sent, for example `/acs/ws`
/// @param query as sent, without the question mark
record Address(String path, @Nullable String query) {
  private static final Address ROOT = new Address("/", null);

  /// Null when the target is none: not of RFC 3986, or without a path.
  static @Nullable Address of(String target) {
    if (target.equals("/")) {
      return ROOT;
    }
    try {
      URI uri = new URI(target);
      String path = uri.getRawPath();
      if (path == null || (!path.isEmpty() && path.charAt(0) != '/')) {
        return null;
      }
      return new Address(path.isEmpty() ? "/" : path, uri.getRawQuery());
    } catch (URISyntaxException _) {
      return null;
    }
  }
}
