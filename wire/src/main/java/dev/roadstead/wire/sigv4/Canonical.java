package dev.roadstead.wire.sigv4;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The canonical request. Source: IAM user guide, "Create a signed request", step 1.
final class Canonical {
  private static final String HEX = "0123456789ABCDEF";

  private Canonical() {}

  static String request(
      SignedRequest request, Query query, List<String> signedHeaders, String payloadHash) {
    StringBuilder text = new StringBuilder(512);
    text.append(request.method()).append('\n');
    text.append(path(request.path())).append('\n');
    text.append(query.canonical()).append('\n');
    for (String name : signedHeaders) {
      text.append(name).append(':');
      List<String> values = request.headers().getOrDefault(name, List.of());
      for (int i = 0; i < values.size(); i++) {
        text.append(i == 0 ? "" : ",");
        appendTrimmed(text, values.get(i));
      }
      text.append('\n');
    }
    text.append('\n').append(String.join(";", signedHeaders)).append('\n').append(payloadHash);
    return text.toString();
  }

  /// The path without `.`, `..` and doubled slashes, its segments encoded once more: every service
  /// but S3.
  static String path(String sent) {
    if (sent.isEmpty() || sent.equals("/")) {
      return "/";
    }
    Deque<String> kept = new ArrayDeque<>();
    for (String segment : sent.split("/", -1)) {
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        kept.addLast(encode(latin(segment)));
      }
    }
    if (kept.isEmpty()) {
      return "/";
    }
    return "/" + String.join("/", kept) + (sent.endsWith("/") ? "/" : "");
  }

  /// Percent-encodes everything but RFC 3986's unreserved characters.
  ///
  /// @param bytes one character per byte
  static String encode(String bytes) {
    StringBuilder text = new StringBuilder(bytes.length() + 16);
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      if (isUnreserved(c)) {
        text.append(c);
      } else {
        text.append('%').append(HEX.charAt((c >> 4) & 15)).append(HEX.charAt(c & 15));
      }
    }
    return text.toString();
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.'
        || c == '~';
  }

  private static String latin(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /// Without space around it, and with one space for many inside.
  private static void appendTrimmed(StringBuilder text, String value) {
    int start = text.length();
    boolean pending = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ' ' || c == '\t') {
        pending = text.length() > start;
        continue;
      }
      if (pending) {
        text.append(' ');
        pending = false;
      }
      text.append(c);
    }
  }
}
