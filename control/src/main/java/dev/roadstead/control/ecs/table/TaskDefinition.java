package dev.roadstead.control.ecs.table;

import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.Tag;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A revision of a task definition.
///
/// @param status `ACTIVE`, `INACTIVE` or `DELETE_IN_PROGRESS`
/// @param document the model's TaskDefinition as JSON, with defaults filled in, without the members
///     that have a component here
/// @param containers what decisions need of the container definitions, in their order
/// @param networkMode `bridge`, `host`, `none` or `awsvpc`; null when not given (bridge)
/// @param cpuUnits task-level CPU units; null when not given
/// @param memoryMib task-level memory; null when not given
/// @param placementConstraints `memberOf` expressions
/// @param requiresAttributes what a container instance must have
@RecordBuilder
public record TaskDefinition(
    String account,
    String region,
    String family,
    int revision,
    String status,
    String document,
    List<ContainerSpec> containers,
    @Nullable String networkMode,
    @Nullable Integer cpuUnits,
    @Nullable Integer memoryMib,
    List<String> placementConstraints,
    List<Attribute> requiresAttributes,
    List<String> compatibilities,
    List<Tag> tags,
    Instant registeredAt,
    String registeredBy,
    @Nullable Instant deregisteredAt,
    @Nullable Instant deleteRequestedAt) {
  public static final String ACTIVE = "ACTIVE";
  public static final String INACTIVE = "INACTIVE";
  public static final String DELETE_IN_PROGRESS = "DELETE_IN_PROGRESS";

  public TaskDefinition {
    containers = containers == null ? List.of() : List.copyOf(containers);
    placementConstraints =
        placementConstraints == null ? List.of() : List.copyOf(placementConstraints);
    requiresAttributes = requiresAttributes == null ? List.of() : List.copyOf(requiresAttributes);
    compatibilities = compatibilities == null ? List.of() : List.copyOf(compatibilities);
    tags = tags == null ? List.of() : List.copyOf(tags);
  }

  public Scope scope() {
    return new Scope(account, region);
  }

  public String key() {
    return TaskDefinitions.key(scope(), family, revision);
  }

  public String familyKey() {
    return scope().key(family);
  }

  public String arn() {
    return scope().arn("ecs", "task-definition/" + family + ":" + revision).toString();
  }

  public boolean active() {
    return status.equals(ACTIVE);
  }
}
