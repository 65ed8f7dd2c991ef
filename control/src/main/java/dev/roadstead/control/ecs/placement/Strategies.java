package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.api.EcsErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.ecs.model.PlacementStrategy;

/// Reads the placement strategies of a request. Source: ECS API reference, PlacementStrategy; texts
/// as observed from the service.
public final class Strategies {
  /// The AWS limit.
  public static final int MAX = 5;

  private Strategies() {}

  /// Refuses with InvalidParameterException what ECS refuses.
  public static List<Strategy> of(List<PlacementStrategy> given) {
    if (given.size() > MAX) {
      throw EcsErrors.invalidParameter("Maximum number of strategies is " + MAX);
    }
    List<Strategy> strategies = new ArrayList<>(given.size());
    for (PlacementStrategy strategy : given) {
      strategies.add(one(strategy));
    }
    return strategies;
  }

  private static Strategy one(PlacementStrategy strategy) {
    String field = strategy.field() == null ? "" : strategy.field();
    String type = strategy.typeAsString() == null ? "" : strategy.typeAsString();
    return switch (type) {
      case "random" -> {
        if (!field.isEmpty()) {
          throw EcsErrors.invalidParameter("random field should not be specified");
        }
        yield new Strategy.Random();
      }
      case "spread" -> spread(field);
      case "binpack" -> binpack(field);
      default ->
          throw EcsErrors.invalidParameter(type + " should be one of [random,spread,binpack]");
    };
  }

  private static Strategy spread(String field) {
    if (field.isEmpty()) {
      throw EcsErrors.invalidParameter("spread field should be specified");
    }
    if (field.equalsIgnoreCase("instanceId") || field.equalsIgnoreCase("host")) {
      return new Strategy.Spread("instanceId");
    }
    Strategy.Spread spread = new Strategy.Spread(field);
    String attribute = spread.attribute();
    if (attribute == null || attribute.isEmpty()) {
      throw EcsErrors.invalidParameter(
          field + " should be one of [instanceId,host,attribute:ATTRIBUTE_NAME]");
    }
    return spread;
  }

  private static Strategy binpack(String field) {
    return switch (field.toLowerCase(Locale.ROOT)) {
      case "" -> throw EcsErrors.invalidParameter("binpack field should be specified");
      case "cpu" -> new Strategy.Binpack(false);
      case "memory" -> new Strategy.Binpack(true);
      default -> throw EcsErrors.invalidParameter(field + " should be one of [cpu,memory]");
    };
  }
}
