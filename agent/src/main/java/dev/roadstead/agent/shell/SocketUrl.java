package dev.roadstead.agent.shell;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/// Where a websocket is dialled: the endpoint's path, then `ws`, then the query.
final class SocketUrl {
  private SocketUrl() {}

  /// @param endpoint `http://…` or `https://…`, maybe with a path
  static URI of(String endpoint, Map<String, String> query) {
    String base = endpoint.endsWith("/") ? endpoint : endpoint + "/";
    String text =
        query.entrySet().stream()
            .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
            .collect(Collectors.joining("&"));
    return URI.create(base.replaceFirst("^http", "ws") + "ws?" + text);
  }

  /// The same with the scheme of HTTP, for signing.
  static URI http(URI socket) {
    return URI.create(socket.toString().replaceFirst("^ws", "http"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
