package dev.roadstead.control.ecs.table;

/// One item of a capacity provider strategy. Source: Amazon ECS API reference,
/// CapacityProviderStrategyItem.
///
/// @param provider the capacity provider's name
/// @param base how many tasks it gets before any other; 0 to 100,000
/// @param weight its share of the rest; 0 to 1,000
public record StrategyItem(String provider, int base, int weight) {}
