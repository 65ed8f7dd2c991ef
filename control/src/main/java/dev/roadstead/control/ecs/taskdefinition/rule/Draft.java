package dev.roadstead.control.ecs.taskdefinition.rule;

import dev.roadstead.control.ecs.api.EcsErrors;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/// A request to register, with its sizes read.
///
/// @param cpuUnits task-level CPU; null when not given
/// @param memoryMib task-level memory; null when not given
public record Draft(
    RegisterTaskDefinitionRequest request,
    @Nullable Integer cpuUnits,
    @Nullable Integer memoryMib) {
  /// Refuses sizes that are none with ClientException.
  public static Draft of(RegisterTaskDefinitionRequest request) {
    Integer cpu = null;
    Integer memory = null;
    if (request.cpu() != null) {
      cpu = Sizes.cpuUnits(request.cpu());
      if (cpu == null) {
        throw EcsErrors.client("Invalid 'cpu' setting for task.");
      }
    }
    if (request.memory() != null) {
      memory = Sizes.memoryMib(request.memory());
      if (memory == null) {
        throw EcsErrors.client("Invalid 'memory' setting for task.");
      }
    }
    return new Draft(request, cpu, memory);
  }

  public List<ContainerDefinition> containers() {
    return request.containerDefinitions();
  }

  /// The container of that name; null when there is none.
  @Nullable ContainerDefinition container(String name) {
    for (ContainerDefinition container : containers()) {
      if (name.equals(container.name())) {
        return container;
      }
    }
    return null;
  }

  public boolean awsvpc() {
    return request.networkMode() == NetworkMode.AWSVPC;
  }

  public boolean host() {
    return request.networkMode() == NetworkMode.HOST;
  }

  boolean networkless() {
    return request.networkMode() == NetworkMode.NONE;
  }

  boolean bridge() {
    return !awsvpc() && !host() && !networkless();
  }

  public boolean windows() {
    return request.runtimePlatform() != null
        && request.runtimePlatform().operatingSystemFamilyAsString() != null
        && request.runtimePlatform().operatingSystemFamilyAsString().startsWith("WINDOWS");
  }

  boolean forFargate() {
    return request.requiresCompatibilities().contains(Compatibility.FARGATE);
  }

  /// Whether the container starts only with the task: true unless it says otherwise.
  static boolean essential(ContainerDefinition container) {
    return !Boolean.FALSE.equals(container.essential());
  }
}
