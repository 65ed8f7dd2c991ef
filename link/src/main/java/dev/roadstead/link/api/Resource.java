package dev.roadstead.link.api;

import dev.roadstead.link.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A resource of a container instance: CPU and MEMORY are INTEGER, PORTS and PORTS_UDP are
/// STRINGSET and list what is already taken.
public record Resource(
    String name, String type, @Nullable Integer integerValue, List<String> stringSetValue) {
  public Resource {
    stringSetValue = Copies.of(stringSetValue);
  }
}
