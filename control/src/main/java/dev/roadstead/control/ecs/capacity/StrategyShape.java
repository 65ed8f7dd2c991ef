package dev.roadstead.control.ecs.capacity;

import dev.roadstead.control.ecs.table.StrategyItem;
import java.util.List;
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
}
