package dev.roadstead.control.ecs.agent;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.instance.Attributes;
import dev.roadstead.control.ecs.table.Attribute;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The attributes of a registration: every one that was sent, with the value that was sent (an
/// agent that misses one gives up for good), those that the control plane knows beside them, and
/// the custom ones of an earlier registration, which agents send only once.
final class RegisteredAttributes {
  static final String AVAILABILITY_ZONE = "ecs.availability-zone";
  static final String INSTANCE_TYPE = "ecs.instance-type";
  private static final String AMI_ID = "ecs.ami-id";
  private static final String CPU_ARCHITECTURE = "ecs.cpu-architecture";

  /// Amazon's agent sends up to 60, custom ones included.
  private static final int ATTRIBUTES_MAX = 500;

  /// Source: ECS API reference, Attribute (128); longer values have been seen in versions of
  /// plug-ins.
  private static final int TEXT_MAX = 1024;

  private RegisteredAttributes() {}

  /// The attributes of the row.
  ///
  /// @param earlier of the same instance; empty for a new one
  /// @return sorted by name
  static List<Attribute> of(
      List<software.amazon.awssdk.services.ecs.model.Attribute> sent,
      IdentityDocument document,
      List<Attribute> earlier,
      String region) {
    SequencedMap<String, Attribute> all = new TreeMap<>();
    SequencedMap<String, Attribute> before = Attributes.byName(earlier);
    earlier.stream()
        .filter(one -> Attributes.custom(one.name()))
        .forEach(one -> all.put(one.name(), one));
    if (sent.size() > ATTRIBUTES_MAX) {
      throw EcsErrors.invalidParameter(
          "Attributes cannot have more than " + ATTRIBUTES_MAX + " elements.");
    }
    for (software.amazon.awssdk.services.ecs.model.Attribute one : sent) {
      Attribute attribute = accept(one.name(), one.value());
      all.put(attribute.name(), attribute);
    }
    addIfKnown(all, before, AVAILABILITY_ZONE, document.availabilityZone());
    addIfKnown(all, before, INSTANCE_TYPE, document.instanceType());
    addIfKnown(all, before, AMI_ID, document.imageId());
    addIfKnown(all, before, CPU_ARCHITECTURE, document.architecture());
    all.putIfAbsent(AVAILABILITY_ZONE, new Attribute(AVAILABILITY_ZONE, region + "a"));
    return Attributes.sorted(all);
  }

  /// What was sent counts before what the machine's document says, and that before what was known.
  private static void addIfKnown(
      SequencedMap<String, Attribute> all,
      SequencedMap<String, Attribute> before,
      String name,
      @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      all.putIfAbsent(name, new Attribute(name, value));
    }
    Attribute known = before.get(name);
    if (known != null) {
      all.putIfAbsent(name, known);
    }
  }

  private static Attribute accept(@Nullable String name, @Nullable String value) {
    if (name == null || name.isEmpty() || name.length() > TEXT_MAX) {
      throw EcsErrors.invalidParameter("Attribute name '" + name + "' is invalid.");
    }
    if (value != null && value.length() > TEXT_MAX) {
      throw EcsErrors.invalidParameter("The value of attribute '" + name + "' is too long.");
    }
    return new Attribute(name, value == null || value.isEmpty() ? null : value);
  }
}
