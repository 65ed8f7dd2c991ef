package dev.roadstead.control.ecs.taskdefinition.rule;

import dev.roadstead.control.ecs.api.EcsErrors;
import java.util.HashSet;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerDependency;

/// The rules of `dependsOn`. Source: ECS API reference, ContainerDependency.
final class DependencyRules {
  private DependencyRules() {}

  static void check(Draft draft) {
    for (ContainerDefinition container : draft.containers()) {
      for (ContainerDependency dependency : container.dependsOn()) {
        checkOne(dependency, draft);
      }
    }
    Set<String> sound = new HashSet<>();
    for (ContainerDefinition container : draft.containers()) {
      checkCycles(container, draft, new HashSet<>(), sound);
    }
  }

  private static void checkOne(ContainerDependency dependency, Draft draft) {
    String name = dependency.containerName();
    ContainerDefinition target = name == null ? null : draft.container(name);
    if (target == null) {
      throw EcsErrors.client("Cannot depend on container " + name + " because it does not exist");
    }
    ContainerCondition condition = dependency.condition();
    if (condition == null) {
      throw EcsErrors.client("ContainerDependency.condition should not be null or empty.");
    }
    if ((condition == ContainerCondition.SUCCESS || condition == ContainerCondition.COMPLETE)
        && Draft.essential(target)) {
      throw EcsErrors.client(
          "A dependency container with SUCCESS or COMPLETE condition cannot be an essential"
              + " container");
    }
    if (condition == ContainerCondition.HEALTHY && target.healthCheck() == null) {
      throw EcsErrors.client(
          "A dependency container with HEALTHY condition must have health check configured");
    }
  }

  /// Follows dependencies depth first. At most as deep as there are containers.
  ///
  /// @param path the names between the start and here
  /// @param sound names known to lead into no cycle
  private static void checkCycles(
      ContainerDefinition container, Draft draft, Set<String> path, Set<String> sound) {
    if (sound.contains(container.name())) {
      return;
    }
    if (!path.add(container.name())) {
      throw EcsErrors.client(
          "Container dependencies must not form a cycle: container " + container.name());
    }
    for (ContainerDependency dependency : container.dependsOn()) {
      ContainerDefinition target = draft.container(dependency.containerName());
      if (target != null) {
        checkCycles(target, draft, path, sound);
      }
    }
    path.remove(container.name());
    sound.add(container.name());
  }
}
