package dev.roadstead.link.codec;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// A text message of TCS from an agent: a mini HTTP header block, an empty line, then JSON. Text
/// that starts with `{` is taken as JSON alone.
///
/// @param headers `Authorization`, `Host`, `X-Amz-Date`, maybe `X-Amz-Security-Token`; names
///     compare without case; empty for bare JSON
public record TcsFrame(Map<String, String> headers, String json) {
  /// A signature and a session token fit; source: IAM session tokens stay below 4 KiB.
  static final int HEADER_LENGTH_MAX = 16 * 1024;

  public TcsFrame {
    var copy = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = Collections.unmodifiableMap(copy);
  }

  /// Throws {@link MalformedMessage} when there is neither JSON nor a header block.
  public static TcsFrame parse(String text) {
    if (text.startsWith("{")) {
      return new TcsFrame(Map.of(), text);
    }
    int end = text.indexOf("\r\n\r\n");
    if (end < 0 || end > HEADER_LENGTH_MAX) {
      throw new MalformedMessage("neither JSON nor a header block");
    }
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (String line : text.substring(0, end).split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    return new TcsFrame(headers, text.substring(end + 4));
  }

  /// The text as it travels.
  public String text() {
    if (headers.isEmpty()) {
      return json;
    }
    var text = new StringBuilder();
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    return text.append("\r\n").append(json).toString();
  }

  /// Hides the signature.
  @Override
  public String toString() {
    return "TcsFrame[" + headers.keySet() + ", " + json.length() + " characters]";
  }
}
