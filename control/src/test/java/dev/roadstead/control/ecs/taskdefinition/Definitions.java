package dev.roadstead.control.ecs.taskdefinition;

import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.table.Table;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/// Valid requests to start from.
final class Definitions {
  static final List<Table<?>> TABLES =
      List.of(
          TaskDefinitions.TABLE,
          TaskDefinitions.FAMILIES,
          Tasks.TABLE,
          ContainerInstances.TABLE,
          Services.TABLE,
          TaskSets.TABLE);

  private Definitions() {}

  static World world() {
    return new World(TABLES);
  }

  /// One container `app` with memory.
  static ContainerDefinition.Builder container() {
    return ContainerDefinition.builder().name("app").image("busybox").memory(64);
  }

  static RegisterTaskDefinitionRequest.Builder request() {
    return RegisterTaskDefinitionRequest.builder()
        .family("web")
        .containerDefinitions(container().build());
  }

  /// A request whose container is changed.
  static RegisterTaskDefinitionRequest with(UnaryOperator<ContainerDefinition.Builder> change) {
    return request().containerDefinitions(change.apply(container()).build()).build();
  }

  static TaskDefinition register(World world, RegisterTaskDefinitionRequest request) {
    return world.call(new RegisterTaskDefinition(), request).taskDefinition();
  }

  static TaskDefinition register(World world) {
    return register(world, request().build());
  }
}
