package dev.roadstead.control.node.payload;

import dev.roadstead.link.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A JSON object in Docker's spelling under construction. What is absent or empty is left out, so
/// that Docker's and the agent's own values stay.
final class DockerJson {
  private final SequencedMap<String, Object> members = new LinkedHashMap<>();

  DockerJson put(String name, @Nullable Object value) {
    boolean empty =
        value == null
            || (value instanceof String text && text.isEmpty())
            || (value instanceof Collection<?> list && list.isEmpty())
            || (value instanceof Map<?, ?> map && map.isEmpty());
    if (value != null && !empty) {
      members.put(name, value);
    }
    return this;
  }

  /// Only when true: false is what Docker does anyway.
  DockerJson flag(String name, @Nullable Boolean value) {
    return put(name, Boolean.TRUE.equals(value) ? Boolean.TRUE : null);
  }

  SequencedMap<String, Object> members() {
    return members;
  }

  /// The JSON text; null when the object is empty.
  @Nullable String text() {
    return members.isEmpty() ? null : new String(Json.write(members), StandardCharsets.UTF_8);
  }
}
