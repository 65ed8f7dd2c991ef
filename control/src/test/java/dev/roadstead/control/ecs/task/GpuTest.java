package dev.roadstead.control.ecs.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.roadstead.control.Rows;
import dev.roadstead.control.Stage;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.ContainerSpec;
import dev.roadstead.control.ecs.table.Gpus;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitionBuilder;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.node.payload.Payloads;
import dev.roadstead.control.node.payload.Template;
import dev.roadstead.link.task.Task.Association;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.StartTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;

/// GPUs are devices: each is one task's, and the task's containers say which.
final class GpuTest {
  private final ContainerInstance instance =
      ContainerInstanceBuilder.builder(Rows.instance("one"))
          .cpuUnits(64_000)
          .memoryMib(64_000)
          .gpuIds(List.of("g0", "g1", "g2", "g3"))
          .build();
  private final World world =
      Stage.world()
          .apply(
              List.of(
                  ContainerInstances.create(instance), TaskDefinitions.put(definition(1, 0, 1))));

  private static TaskDefinition definition(int... gpus) {
    TaskDefinition plain = Rows.definition("gpu", 1);
    List<ContainerSpec> containers = new ArrayList<>();
    for (int i = 0; i < gpus.length; i++) {
      containers.add(
          new ContainerSpec("c" + i, "image", true, 0, 16, null, false, List.of(), gpus[i]));
    }
    return TaskDefinitionBuilder.builder(plain).containers(containers).build();
  }

  @Test
  void eachIsGivenToOneTask() {
    var answer =
        world.call(new RunTask(), RunTaskRequest.builder().taskDefinition("gpu").count(3).build());
    assertThat(answer.tasks())
        .extracting(GpuTest::gpuIds)
        .containsExactly(
            List.of(List.of("g0"), List.of(), List.of("g1")),
            List.of(List.of("g2"), List.of(), List.of("g3")));
    assertThat(answer.failures().getFirst().reason()).isEqualTo("RESOURCE:GPU");
    assertThat(answer.failures().getFirst().detail()).isEqualTo("needs 2 GPUs, 0 of 4 are free");
    assertThat(free()).isEmpty();
  }

  @Test
  void startTaskGivesThemToo() {
    var answer =
        world.call(
            new StartTask(),
            StartTaskRequest.builder().taskDefinition("gpu").containerInstances("one").build());
    assertThat(gpuIds(answer.tasks().getFirst()))
        .containsExactly(List.of("g0"), List.of(), List.of("g1"));
    assertThat(free()).containsExactly("g2", "g3");
  }

  @Test
  void theAgentIsToldThem() {
    world.call(new RunTask(), RunTaskRequest.builder().taskDefinition("gpu").build());
    var row = world.state().all(Tasks.TABLE).getFirst();
    assertThat(Payloads.run(row, Template.read(definition(1, 0, 1))).associations())
        .extracting(Association::name, Association::type, Association::containers)
        .containsExactly(tuple("g0", "gpu", List.of("c0")), tuple("g1", "gpu", List.of("c2")));
  }

  private static List<List<String>> gpuIds(Task task) {
    return task.containers().stream().map(Container::gpuIds).toList();
  }

  private List<String> free() {
    return Gpus.free(instance, world.state().value(Tasks.USAGE, instance.key()));
  }
}
