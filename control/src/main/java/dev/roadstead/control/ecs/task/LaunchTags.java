package dev.roadstead.control.ecs.task;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.Tag;
import dev.roadstead.control.ecs.table.TaskDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The tags of a new task. Source: ECS developer guide, "Tagging Amazon ECS resources".
public final class LaunchTags {
  private static final String CLUSTER_NAME = "aws:ecs:clusterName";
  private static final String SERVICE_NAME = "aws:ecs:serviceName";

  private LaunchTags() {}

  /// Propagated tags first, then the given ones, which win; managed tags last.
  ///
  /// @param managed whether ECS's own tags are wanted
  /// @param serviceName null for standalone tasks
  public static List<Tag> of(
      List<Tag> propagated,
      List<Tag> given,
      boolean managed,
      String cluster,
      @Nullable String serviceName) {
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    propagated.forEach(tag -> tags.put(tag.key(), tag.value()));
    given.forEach(tag -> tags.put(tag.key(), tag.value()));
    if (managed) {
      tags.put(CLUSTER_NAME, cluster);
      if (serviceName != null) {
        tags.put(SERVICE_NAME, serviceName);
      }
    }
    List<Tag> list = new ArrayList<>(tags.size());
    tags.forEach((key, value) -> list.add(new Tag(key, value)));
    return list;
  }

  /// What RunTask and StartTask propagate. Refuses `SERVICE`, which only services may name.
  static List<Tag> propagated(@Nullable String propagateTags, TaskDefinition definition) {
    return switch (propagateTags == null ? "NONE" : propagateTags) {
      case "NONE" -> List.of();
      case "TASK_DEFINITION" -> definition.tags();
      case "SERVICE" ->
          throw EcsErrors.invalidParameter(
              "Invalid value for propagateTags. SERVICE is only valid for services.");
      default ->
          throw EcsErrors.invalidParameter(
              "propagateTags should be one of [TASK_DEFINITION,SERVICE,NONE]");
    };
  }
}
