package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.api.Tag;
import dev.roadstead.control.ecs.placement.Choice;
import dev.roadstead.control.ecs.placement.Constraints;
import dev.roadstead.control.ecs.placement.Placement;
import dev.roadstead.control.ecs.placement.Strategies;
import dev.roadstead.control.ecs.placement.Veto;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.task.Launch;
import dev.roadstead.control.ecs.task.LaunchTags;
import dev.roadstead.control.ecs.task.Overrides;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// New tasks for the newest deployment of a service.
///
/// @param tasks those that could be placed
/// @param failure why not all could be placed, as an event says it; null when all were
record Starts(List<Task> tasks, @Nullable String failure) {
  static final Starts NONE = new Starts(List.of(), null);

  static Starts of(State state, Service service, int count, Moment moment) {
    Cluster cluster = state.find(Clusters.TABLE, service.clusterKey());
    TaskDefinition definition = definition(state, service);
    if (cluster == null || !cluster.active()) {
      return new Starts(List.of(), Messages.unplaceable("The referenced cluster was inactive."));
    }
    if (definition == null) {
      return new Starts(List.of(), Messages.unplaceable("The task definition was deleted."));
    }
    var document = ServiceDocument.of(service);
    Launch launch = launch(service, cluster, definition);
    Choice choice =
        Placement.place(
            state,
            launch.demand(
                Constraints.of(document.placementConstraints()),
                Strategies.of(document.placementStrategy())),
            count,
            moment.random());
    List<Task> tasks = new ArrayList<>();
    for (ContainerInstance instance : choice.chosen()) {
      tasks.add(launch.task(instance, moment));
    }
    return new Starts(tasks, tasks.size() == count ? null : Veto.event(choice.vetoes()));
  }

  private static @Nullable TaskDefinition definition(State state, Service service) {
    ServiceDeployment primary = service.primary();
    return state.find(
        TaskDefinitions.TABLE,
        TaskDefinitions.key(service.scope(), primary.family(), primary.revision()));
  }

  /// What new tasks are made from, or null when the cluster or the task definition is gone.
  static @Nullable Launch launch(State state, Service service) {
    Cluster cluster = state.find(Clusters.TABLE, service.clusterKey());
    TaskDefinition definition = definition(state, service);
    return cluster == null || !cluster.active() || definition == null
        ? null
        : launch(service, cluster, definition);
  }

  private static Launch launch(Service service, Cluster cluster, TaskDefinition definition) {
    List<Tag> propagated =
        switch (service.propagateTags()) {
          case "SERVICE" -> service.tags();
          case "TASK_DEFINITION" -> definition.tags();
          default -> List.of();
        };
    String deployment = service.primary().id();
    return new Launch(
        cluster,
        definition,
        Overrides.NONE,
        service.group(),
        deployment,
        service.name(),
        deployment,
        service.launchType(),
        LaunchTags.of(
            propagated, List.of(), service.managedTags(), service.cluster(), service.name()),
        service.enableExecuteCommand());
  }
}
