package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.api.Tags;
import dev.roadstead.control.ecs.capacity.StrategyShape;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.TaskCounts;
import dev.roadstead.control.ecs.table.TaskSet;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.engine.root.State;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Scale;
import software.amazon.awssdk.services.ecs.model.ScaleUnit;
import software.amazon.awssdk.services.ecs.model.StabilityStatus;

/// A task set's row as the model's TaskSet. Source: ECS API reference, TaskSet.
final class TaskSetShape {
  private TaskSetShape() {}

  /// @param withTags whether the caller asked for tags
  static software.amazon.awssdk.services.ecs.model.TaskSet of(
      State state, Service service, TaskSet set, boolean withTags) {
    TaskCounts counts = Absence.counts(state, service.key(), set.id());
    var shape =
        software.amazon.awssdk.services.ecs.model.TaskSet.builder()
            .id(set.id())
            .taskSetArn(set.arn())
            .serviceArn(service.arn())
            .clusterArn(service.clusterArn())
            .externalId(set.externalId())
            .status(set.status())
            .taskDefinition(ServiceShape.taskDefinitionArn(service, set.deployment()))
            .computedDesiredCount(set.computedDesiredCount(service.desiredCount()))
            .pendingCount(counts.pending())
            .runningCount(counts.running())
            .createdAt(set.createdAt())
            .updatedAt(set.updatedAt())
            .launchType(set.strategy().isEmpty() ? set.launchType() : null)
            .capacityProviderStrategy(StrategyShape.ofOptional(set.strategy()))
            .loadBalancers(List.of())
            .serviceRegistries(List.of())
            .scale(Scale.builder().value(set.scalePercent()).unit(ScaleUnit.PERCENT).build())
            .stabilityStatus(
                set.steady() ? StabilityStatus.STEADY_STATE : StabilityStatus.STABILIZING)
            .stabilityStatusAt(set.steadyAt());
    if (withTags) {
      shape.tags(Tags.toModel(set.tags()));
    }
    return shape.build();
  }

  /// All of a service's, the oldest first.
  static List<software.amazon.awssdk.services.ecs.model.TaskSet> all(
      State state, Service service, boolean withTags) {
    return state.rows(TaskSets.BY_SERVICE, service.key()).stream()
        .sorted(Comparator.comparing(TaskSet::createdAt).thenComparing(TaskSet::id))
        .map(set -> of(state, service, set, withTags))
        .toList();
  }
}
