package dev.roadstead.control.ecs.table;

import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.Tag;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A cluster.
///
/// @param status `ACTIVE` or `INACTIVE`
/// @param document the members of the model's Cluster that are stored and reported as they were
///     sent (settings, configuration, serviceConnectDefaults), as the model's JSON
/// @param capacityProviders names of those that are associated with it, as they were put
/// @param strategy the default capacity provider strategy; empty when none
/// @param inactiveAt when it was deleted; null while ACTIVE
@RecordBuilder
public record Cluster(
    String account,
    String region,
    String name,
    String status,
    String document,
    List<Tag> tags,
    List<String> capacityProviders,
    List<StrategyItem> strategy,
    Instant createdAt,
    @Nullable Instant inactiveAt) {
  public static final String ACTIVE = "ACTIVE";
  public static final String INACTIVE = "INACTIVE";

  public Cluster {
    tags = tags == null ? List.of() : List.copyOf(tags);
    capacityProviders = capacityProviders == null ? List.of() : List.copyOf(capacityProviders);
    strategy = strategy == null ? List.of() : List.copyOf(strategy);
  }

  public Scope scope() {
    return new Scope(account, region);
  }

  public String key() {
    return scope().key(name);
  }

  public String arn() {
    return scope().arn("ecs", "cluster/" + name).toString();
  }

  public boolean active() {
    return status.equals(ACTIVE);
  }
}
