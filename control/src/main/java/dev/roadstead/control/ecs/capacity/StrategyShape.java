package dev.roadstead.control.ecs.capacity;

import dev.roadstead.control.ecs.table.StrategyItem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;

/// A capacity provider strategy as the model has it, with every weight and base filled in.
public final class StrategyShape {
  private StrategyShape() {}

  public static List<CapacityProviderStrategyItem> of(List<StrategyItem> strategy) {
    return strategy.stream()
        .map(
            item ->
                CapacityProviderStrategyItem.builder()
                    .capacityProvider(item.provider())
                    .base(item.base())
                    .weight(item.weight())
                    .build())
        .toList();
  }

  /// Of what has a strategy or a launch type; null, which hides the member, when it is empty.
  public static @Nullable List<CapacityProviderStrategyItem> ofOptional(
      List<StrategyItem> strategy) {
    return strategy.isEmpty() ? null : of(strategy);
  }
}
