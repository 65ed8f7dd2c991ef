package dev.roadstead.control.ecs.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What container instances have in common that no task changes. Most clusters have a few kinds.
public final class Kind implements Comparable<Kind> {
  private final boolean connected;
  private final String agentVersion;
  private final List<Attribute> attributes;
  private final int hash; // of texts only, so that it is the same everywhere
  private final Map<String, Attribute> byName = new HashMap<>(); // the first of a name

  private Kind(ContainerInstance instance) {
    connected = instance.connected();
    agentVersion = instance.agentVersion() == null ? "" : instance.agentVersion();
    attributes = instance.attributes();
    int sum = 31 * agentVersion.hashCode() + Boolean.hashCode(connected);
    for (Attribute attribute : attributes) {
      byName.putIfAbsent(attribute.name(), attribute);
      sum = 31 * (31 * sum + attribute.name().hashCode()) + text(attribute).hashCode();
    }
    hash = sum;
  }

  static Kind of(ContainerInstance instance) {
    return new Kind(instance);
  }

  public boolean connected() {
    return connected;
  }

  /// The attribute of that name, or null when its instances have none.
  public @Nullable Attribute attribute(String name) {
    return byName.get(name);
  }

  @Override
  public int compareTo(Kind other) {
    if (this == other) {
      return 0;
    }
    int order = Integer.compare(hash, other.hash);
    if (order == 0) {
      order = Boolean.compare(connected, other.connected);
    }
    if (order == 0) {
      order = agentVersion.compareTo(other.agentVersion);
    }
    if (order == 0) {
      order = Integer.compare(attributes.size(), other.attributes.size());
    }
    for (int i = 0; order == 0 && i < attributes.size(); i++) {
      order = compare(attributes.get(i), other.attributes.get(i));
    }
    return order;
  }

  private static int compare(Attribute a, Attribute b) {
    int order = a.name().compareTo(b.name());
    return order != 0 ? order : text(a).compareTo(text(b));
  }

  /// An attribute without value comes before all others.
  private static String text(Attribute attribute) {
    return attribute.value() == null ? "" : "=" + attribute.value();
  }

  @Override
  public String toString() {
    return agentVersion + (connected ? " connected " : " disconnected ") + attributes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Kind kind && compareTo(kind) == 0;
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
