package dev.roadstead.control.ecs.table;

import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.Tag;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A capacity provider: a named group of container instances. An instance joins it by the attribute
/// {@link ContainerInstance#CAPACITY_PROVIDER}.
///
/// @param status `ACTIVE` or `INACTIVE`
/// @param updateStatus of the last operation on it, for example `UPDATE_COMPLETE`
/// @param document the model's AutoScalingGroupProvider as JSON, with defaults filled in
/// @param managedScaling whether tasks without room wait for more machines
/// @param targetCapacity 1 to 100, in percent
/// @param minimumStep the fewest instances that are asked for at once; 1 to 10,000
/// @param maximumStep the most that are asked for at once; 1 to 10,000
/// @param inactiveAt when it was deleted; null while ACTIVE
@RecordBuilder
public record CapacityProvider(
    String account,
    String region,
    String name,
    String status,
    String updateStatus,
    String document,
    boolean managedScaling,
    int targetCapacity,
    int minimumStep,
    int maximumStep,
    List<Tag> tags,
    Instant createdAt,
    @Nullable Instant inactiveAt) {
  public static final String ACTIVE = "ACTIVE";
  public static final String INACTIVE = "INACTIVE";

  public CapacityProvider {
    tags = tags == null ? List.of() : List.copyOf(tags);
  }

  public Scope scope() {
    return new Scope(account, region);
  }

  public String key() {
    return scope().key(name);
  }

  public String arn() {
    return scope().arn("ecs", "capacity-provider/" + name).toString();
  }

  public boolean active() {
    return status.equals(ACTIVE);
  }
}
