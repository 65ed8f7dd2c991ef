package dev.roadstead.link;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Defensive copies for compact constructors. Absent collections become empty ones.
public final class Copies {
  private Copies() {}

  public static <T> List<T> of(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  /// Keeps the order of the entries.
  public static <V> Map<String, V> of(@Nullable Map<String, V> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
