package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.api.Tag;
import dev.roadstead.control.ecs.capacity.CapacityStrategy;
import dev.roadstead.control.ecs.placement.Choice;
import dev.roadstead.control.ecs.placement.Constraint;
import dev.roadstead.control.ecs.placement.Constraints;
import dev.roadstead.control.ecs.placement.Demand;
import dev.roadstead.control.ecs.placement.Placement;
import dev.roadstead.control.ecs.placement.Strategies;
import dev.roadstead.control.ecs.placement.Strategy;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.StrategyItem;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.task.Launch;
import dev.roadstead.control.ecs.task.LaunchBuilder;
import dev.roadstead.control.ecs.task.LaunchTags;
import dev.roadstead.control.ecs.task.Overrides;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// New tasks for the newest deployment of a service.
///
/// @param tasks those that could be placed
/// @param failure why not all could be placed, as an event says it; null when all were
/// @param numbers behind the failure, worked out when asked for; empty when there are none
record Starts(List<Task> tasks, @Nullable String failure, Supplier<String> numbers) {
  static final Starts NONE = new Starts(List.of(), null);

  Starts(List<Task> tasks, @Nullable String failure) {
    this(tasks, failure, () -> "");
  }

  static Starts of(State state, Service service, int count, Moment moment) {
    return of(state, service, count, moment, List.of());
  }

  /// @param also constraints beside the service's own
  static Starts of(State state, Service service, int count, Moment moment, List<Constraint> also) {
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
    List<Constraint> constraints =
        Stream.concat(Constraints.of(document.placementConstraints()).stream(), also.stream())
            .toList();
    List<Strategy> strategies = Strategies.of(document.placementStrategy());
    if (service.strategy().isEmpty()) {
      return place(state, launch.demand(constraints, strategies), launch, count, moment);
    }
    List<Integer> shares =
        CapacityStrategy.share(service.strategy(), placed(state, service), count);
    Starts all = NONE;
    State working = state;
    for (int i = 0; i < shares.size(); i++) {
      String provider = service.strategy().get(i).provider();
      Launch mine = LaunchBuilder.builder(launch).capacityProviderName(provider).build();
      Starts some =
          place(working, mine.demand(constraints, strategies), mine, shares.get(i), moment);
      working = working.with(some.tasks().stream().map(Tasks::create).toList());
      all = all.and(some);
    }
    return all;
  }

  private static Starts place(State state, Demand demand, Launch launch, int count, Moment moment) {
    Choice choice = Placement.place(state, demand, count, moment.random());
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < choice.chosen().size(); i++) {
      tasks.add(launch.task(choice.chosen().get(i), choice.gpuIds().get(i), moment));
    }
    if (tasks.size() == count) {
      return new Starts(tasks, null);
    }
    String provider = launch.capacityProviderName();
    boolean empty =
        provider != null
            && state.count(
                    ContainerInstances.BY_PROVIDER,
                    ContainerInstances.providerGroup(launch.cluster().key(), provider))
                == 0;
    return empty
        ? new Starts(tasks, Messages.emptyProvider())
        : new Starts(tasks, choice.event(), choice::numbers);
  }

  /// Both; the failure is the first one's, if it has any.
  Starts and(Starts more) {
    List<Task> all = new ArrayList<>(tasks);
    all.addAll(more.tasks);
    return failure == null
        ? new Starts(all, more.failure, more.numbers)
        : new Starts(all, failure, numbers);
  }

  /// How many tasks of the newest deployment each capacity provider has.
  static ToIntFunction<StrategyItem> placed(State state, Service service) {
    Map<String, Integer> counts = new HashMap<>();
    for (Task task : state.rows(Tasks.ALIVE_BY_SERVICE, service.key())) {
      String provider = task.capacityProviderName();
      if (task.wanted() && provider != null && service.primary().id().equals(task.deploymentId())) {
        counts.merge(provider, 1, Integer::sum);
      }
    }
    return item -> counts.getOrDefault(item.provider(), 0);
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
        null,
        LaunchTags.of(
            propagated, List.of(), service.managedTags(), service.cluster(), service.name()),
        service.enableExecuteCommand());
  }
}
