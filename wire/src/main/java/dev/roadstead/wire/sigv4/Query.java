package dev.roadstead.wire.sigv4;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A query as sent: names and values decoded to bytes, in order. A plus sign is a space, which is
/// how Go's clients send one; those who mean a plus send `%2B`.
public final class Query {
  private record Parameter(String name, String value) {}

  private static final Query NONE = new Query(List.of());

  private final List<Parameter> parameters;

  private Query(List<Parameter> parameters) {
    this.parameters = parameters;
  }

  /// Refuses with `InvalidSignatureException` where a percent sign has no two hex digits after it:
  /// no signer makes that.
  public static Query parse(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return NONE;
    }
    List<Parameter> parameters = new ArrayList<>();
    for (String part : raw.split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      String value = equals < 0 ? "" : part.substring(equals + 1);
      parameters.add(new Parameter(decode(name), decode(value)));
    }
    return new Query(parameters);
  }

  /// Each name with its values in the order sent, as UTF-8.
  public SequencedMap<String, List<String>> values() {
    SequencedMap<String, List<String>> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      values
          .computeIfAbsent(utf8(parameter.name()), _ -> new ArrayList<>())
          .add(utf8(parameter.value()));
    }
    return values;
  }

  boolean has(String name) {
    for (Parameter parameter : parameters) {
      if (parameter.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /// The only value of a parameter; null when there is none or several.
  @Nullable String only(String name) {
    List<Parameter> found = parameters.stream().filter(p -> p.name().equals(name)).toList();
    return found.size() == 1 ? utf8(found.getFirst().value()) : null;
  }

  /// The canonical query string, without the signature itself.
  String canonical() {
    if (parameters.isEmpty()) {
      return "";
    }
    List<String> encoded = new ArrayList<>(parameters.size());
    List<Parameter> sorted = new ArrayList<>();
    for (Parameter p : parameters) {
      if (!p.name().equals("X-Amz-Signature")) {
        sorted.add(new Parameter(Canonical.encode(p.name()), Canonical.encode(p.value())));
      }
    }
    sorted.sort(
        (a, b) -> {
          int byName = a.name().compareTo(b.name());
          return byName != 0 ? byName : a.value().compareTo(b.value());
        });
    for (Parameter p : sorted) {
      encoded.add(p.name() + "=" + p.value());
    }
    return String.join("&", encoded);
  }

  /// One character per byte, so that what is not UTF-8 keeps its bytes.
  private static String decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '+') {
        bytes.write(' ');
      } else if (raw[i] == '%') {
        int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
        int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw SignatureErrors.mismatch();
        }
        bytes.write((high << 4) | low);
        i += 2;
      } else {
        bytes.write(raw[i]);
      }
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
