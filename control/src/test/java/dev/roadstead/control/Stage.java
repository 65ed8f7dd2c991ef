package dev.roadstead.control;

import dev.roadstead.control.ecs.table.AccountSettings;
import dev.roadstead.control.ecs.table.CapacityProviders;
import dev.roadstead.control.ecs.table.ClientTokens;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.ContainerSpec;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.Reservation;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskContainer;
import dev.roadstead.control.ecs.table.TaskContainerBuilder;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.TaskTimes;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.table.WaitingTasks;
import java.util.ArrayList;
import java.util.List;

/// A world with cluster `default`, and rows of tasks on its instances.
public final class Stage {
  private Stage() {}

  public static World world() {
    return new World(
            List.of(
                AccountSettings.TABLE,
                CapacityProviders.TABLE,
                Clusters.TABLE,
                WaitingTasks.TABLE,
                Services.TABLE,
                TaskSets.TABLE,
                Tasks.TABLE,
                ContainerInstances.TABLE,
                TaskDefinitions.TABLE,
                TaskDefinitions.FAMILIES,
                ClientTokens.TABLE))
        .apply(List.of(Clusters.put(Rows.cluster("default"))));
  }

  /// A PENDING task of that definition on that instance.
  public static Task task(String id, TaskDefinition definition, ContainerInstance instance) {
    List<TaskContainer> containers = new ArrayList<>();
    for (ContainerSpec spec : definition.containers()) {
      containers.add(
          TaskContainerBuilder.builder()
              .id("c-" + spec.name())
              .name(spec.name())
              .image(spec.image())
              .essential(spec.essential())
              .lastStatus(TaskContainer.PENDING)
              .checksHealth(spec.checksHealth())
              .health(Health.UNKNOWN)
              .cpu("0")
              .build());
    }
    return TaskBuilder.builder()
        .account(instance.account())
        .region(instance.region())
        .cluster(instance.cluster())
        .id(id)
        .family(definition.family())
        .revision(definition.revision())
        .group("family:" + definition.family())
        .launchType("EC2")
        .instanceId(instance.id())
        .lastStatus(TaskStatus.PENDING)
        .wanted(true)
        .connected(false)
        .containers(containers)
        .reservation(new Reservation(256, 128, List.of(), List.of(), 0))
        .cpu("256")
        .memory("128")
        .overrides("")
        .times(new TaskTimes(Rows.THEN, null, null, null, null, null, null, null))
        .version(1)
        .build();
  }
}
