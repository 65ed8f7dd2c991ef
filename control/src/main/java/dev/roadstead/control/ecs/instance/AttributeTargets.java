package dev.roadstead.control.ecs.instance;

import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.engine.root.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.TargetType;

/// The instances that a request changes, each with what is sent for it.
final class AttributeTargets {
  static final int ATTRIBUTES_MAX = 10; // the AWS limit of a request

  private AttributeTargets() {}

  /// Groups attributes by their target. Refuses a bad list, a target that is none, a target type
  /// that there is not.
  static SequencedMap<ContainerInstance, List<Attribute>> of(
      State state, Scope scope, String cluster, List<Attribute> sent) {
    if (sent.isEmpty()) {
      throw EcsErrors.invalidParameter("Attributes cannot be empty.");
    }
    if (sent.size() > ATTRIBUTES_MAX) {
      throw EcsErrors.invalidParameter(
          "Attributes cannot have more than " + ATTRIBUTES_MAX + " elements.");
    }
    SequencedMap<ContainerInstance, List<Attribute>> targets = new LinkedHashMap<>();
    for (Attribute one : sent) {
      checkType(one.targetType(), one.targetTypeAsString());
      if (one.targetId() == null || one.targetId().isEmpty()) {
        throw EcsErrors.invalidParameter("targetId can not be blank.");
      }
      ContainerInstance target = InstanceLookup.target(state, scope, cluster, one.targetId());
      targets.computeIfAbsent(target, _ -> new java.util.ArrayList<>()).add(one);
    }
    return targets;
  }

  private static void checkType(@Nullable TargetType type, @Nullable String text) {
    if (type == TargetType.UNKNOWN_TO_SDK_VERSION) {
      throw EcsErrors.invalidParameter(
          "targetType '" + text + "' should be one of [" + Attributes.TARGET_TYPE + "]");
    }
  }
}
