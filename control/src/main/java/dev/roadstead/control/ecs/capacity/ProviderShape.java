package dev.roadstead.control.ecs.capacity;

import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.Tags;
import dev.roadstead.control.ecs.table.CapacityProvider;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.AutoScalingGroupProvider;
import software.amazon.awssdk.services.ecs.model.CapacityProviderType;

/// A capacity provider's row as the model's CapacityProvider.
final class ProviderShape {
  private ProviderShape() {}

  /// @param withTags whether the caller asked for tags; without, the list is there and empty
  static software.amazon.awssdk.services.ecs.model.CapacityProvider of(
      CapacityProvider provider, boolean withTags) {
    return software.amazon.awssdk.services.ecs.model.CapacityProvider.builder()
        .capacityProviderArn(provider.arn())
        .name(provider.name())
        .status(provider.status())
        .autoScalingGroupProvider(settings(provider))
        .updateStatus(provider.updateStatus())
        .type(CapacityProviderType.EC2_AUTOSCALING)
        .tags(withTags ? Tags.toModel(provider.tags()) : List.of())
        .build();
  }

  /// A predefined one.
  ///
  /// @param name `FARGATE` or `FARGATE_SPOT`
  static software.amazon.awssdk.services.ecs.model.CapacityProvider fargate(
      Scope scope, String name) {
    return software.amazon.awssdk.services.ecs.model.CapacityProvider.builder()
        .capacityProviderArn(scope.arn("ecs", "capacity-provider/" + name).toString())
        .name(name)
        .status(CapacityProvider.ACTIVE)
        .type(name)
        .tags(List.of())
        .build();
  }

  static AutoScalingGroupProvider settings(CapacityProvider provider) {
    AutoScalingGroupProvider.Builder settings = AutoScalingGroupProvider.builder();
    JsonShapes.fill(provider.document().getBytes(StandardCharsets.UTF_8), settings);
    return settings.build();
  }
}
