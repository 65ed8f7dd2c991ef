package dev.roadstead.control.ecs.instance;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Attribute;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rules of attributes. Source: Amazon ECS API reference, Attribute.
public final class Attributes {
  public static final String TARGET_TYPE = "container-instance";

  /// Custom attributes of one container instance; the AWS limit.
  public static final int CUSTOM_MAX = 10;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_./\\\\-]{1,128}");
  private static final Pattern VALUE =
      Pattern.compile("[A-Za-z0-9_./\\\\@:-]([A-Za-z0-9_./\\\\@: -]{0,126}[A-Za-z0-9_./\\\\@:-])?");

  private Attributes() {}

  /// Whether it was set by somebody, rather than found out by the agent or the control plane.
  public static boolean custom(String name) {
    return !name.startsWith("ecs.") && !name.startsWith("com.amazonaws.");
  }

  /// An attribute sent with PutAttributes, checked. Refuses with InvalidParameterException.
  static Attribute accept(@Nullable String name, @Nullable String value) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw EcsErrors.invalidParameter("Attribute name '" + name + "' is invalid.");
    }
    if (!custom(name)) {
      throw EcsErrors.invalidParameter(
          "Attribute name '" + name + "' is reserved: it starts with 'ecs.' or 'com.amazonaws.'.");
    }
    if (value != null && !value.isEmpty() && !VALUE.matcher(value).matches()) {
      throw EcsErrors.invalidParameter("The value of attribute '" + name + "' is invalid.");
    }
    return new Attribute(name, value == null || value.isEmpty() ? null : value);
  }

  /// Attributes by name; later ones replace earlier ones.
  public static SequencedMap<String, Attribute> byName(List<Attribute> attributes) {
    SequencedMap<String, Attribute> all = new TreeMap<>();
    attributes.forEach(one -> all.put(one.name(), one));
    return all;
  }

  /// As the row has them: sorted by name.
  public static List<Attribute> sorted(SequencedMap<String, Attribute> byName) {
    return new ArrayList<>(byName.sequencedValues());
  }
}
