package dev.roadstead.control.ecs.tag;

import dev.roadstead.base.Arn;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.Tag;
import dev.roadstead.control.ecs.table.CapacityProvider;
import dev.roadstead.control.ecs.table.CapacityProviderBuilder;
import dev.roadstead.control.ecs.table.CapacityProviders;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.ClusterBuilder;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceBuilder;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitionBuilder;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.TaskSet;
import dev.roadstead.control.ecs.table.TaskSetBuilder;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.taskdefinition.TaskDefinitionLookup;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The kinds of resources that can be tagged.
public final class TaggedTables {
  private final List<TaggedTable<?>> tables;

  private TaggedTables(List<TaggedTable<?>> tables) {
    this.tables = List.copyOf(tables);
  }

  /// Capacity providers, clusters, container instances, services, task sets, tasks and task
  /// definitions.
  public static TaggedTables all() {
    return new TaggedTables(
        List.of(
            providers(), clusters(), instances(), services(), taskSets(), tasks(), definitions()));
  }

  /// How the tags of a row are read and replaced.
  public static <R> TaggedTable.Tagging<R> tagging(
      Function<R, List<Tag>> tags, BiFunction<R, List<Tag>, List<Change>> with) {
    return new TaggedTable.Tagging<>() {
      @Override
      public List<Tag> tags(R row) {
        return tags.apply(row);
      }

      @Override
      public List<Change> with(R row, List<Tag> after) {
        return with.apply(row, after);
      }
    };
  }

  /// The resource of an ARN; null when it does not exist. Refuses what is no ARN of ECS or not in
  /// the long format with InvalidParameterException, and a cluster that is gone with
  /// ClusterNotFoundException.
  TaggedTable.@Nullable Tagged find(State state, Scope scope, @Nullable String text) {
    Arn arn = Arn.parse(text);
    if (arn == null || !arn.service().equals("ecs") || arn.resourcePath().isEmpty()) {
      throw EcsErrors.invalidParameter("Invalid resource ARN.");
    }
    if (!arn.account().equals(scope.account()) || !arn.region().equals(scope.region())) {
      return null;
    }
    for (TaggedTable<?> table : tables) {
      if (table.resourceType().equals(arn.resourceType())) {
        if (table.clustered()) {
          requireCluster(state, scope, arn);
        }
        return table.find(state, scope, arn);
      }
    }
    throw EcsErrors.invalidParameter("Unsupported resource type: " + arn.resourceType());
  }

  private static void requireCluster(State state, Scope scope, Arn arn) {
    String path = arn.resourcePath();
    int slash = path.indexOf('/');
    if (slash < 0) {
      throw EcsErrors.invalidParameter("Long arn format must be used for tagging operations");
    }
    if (Clusters.find(state, scope, path.substring(0, slash)) == null) {
      throw EcsErrors.clusterNotFound();
    }
  }

  private static String cluster(Arn arn) {
    return arn.resourcePath().substring(0, arn.resourcePath().indexOf('/'));
  }

  private static TaggedTable<CapacityProvider> providers() {
    return new TaggedTable<>(
        "capacity-provider",
        false,
        (state, scope, arn) -> {
          CapacityProvider row = CapacityProviders.find(state, scope, arn.resourcePath());
          return row == null || !row.active() ? null : row;
        },
        tagging(
            CapacityProvider::tags,
            (row, tags) ->
                List.of(
                    CapacityProviders.put(
                        CapacityProviderBuilder.builder(row).tags(tags).build()))));
  }

  private static TaggedTable<Cluster> clusters() {
    return new TaggedTable<>(
        "cluster",
        false,
        (state, scope, arn) -> Clusters.require(state, scope, arn.resourcePath()),
        tagging(
            Cluster::tags,
            (row, tags) -> List.of(Clusters.put(ClusterBuilder.builder(row).tags(tags).build()))));
  }

  private static TaggedTable<ContainerInstance> instances() {
    return new TaggedTable<>(
        "container-instance",
        true,
        (state, scope, arn) -> {
          ContainerInstance row =
              ContainerInstances.find(state, scope, cluster(arn), arn.toString());
          return row == null || row.status().equals(ContainerInstance.INACTIVE) ? null : row;
        },
        tagging(
            ContainerInstance::tags,
            (row, tags) ->
                ContainerInstances.update(
                    row, ContainerInstanceBuilder.builder(row).tags(tags).build())));
  }

  private static TaggedTable<Service> services() {
    return new TaggedTable<>(
        "service",
        true,
        (state, scope, arn) -> {
          Service row = Services.find(state, scope, cluster(arn), arn.toString());
          return row == null || row.inactive() ? null : row;
        },
        tagging(
            Service::tags,
            (row, tags) -> Services.update(row, ServiceBuilder.builder(row).tags(tags).build())));
  }

  private static TaggedTable<TaskSet> taskSets() {
    return new TaggedTable<>(
        "task-set",
        true,
        (state, scope, arn) -> state.find(TaskSets.TABLE, scope.key(arn.resourcePath())),
        tagging(
            TaskSet::tags,
            (row, tags) -> TaskSets.update(row, TaskSetBuilder.builder(row).tags(tags).build())));
  }

  private static TaggedTable<Task> tasks() {
    return new TaggedTable<>(
        "task",
        true,
        (state, scope, arn) -> {
          Task row = Tasks.find(state, scope, cluster(arn), arn.toString());
          return row == null || row.stopped() ? null : row;
        },
        tagging(
            Task::tags,
            (row, tags) -> Tasks.update(row, TaskBuilder.builder(row).tags(tags).build())));
  }

  private static TaggedTable<TaskDefinition> definitions() {
    return new TaggedTable<>(
        "task-definition",
        false,
        (state, scope, arn) -> TaskDefinitionLookup.findRevision(state, scope, arn.toString()),
        tagging(
            TaskDefinition::tags,
            (row, tags) ->
                List.of(
                    TaskDefinitions.put(TaskDefinitionBuilder.builder(row).tags(tags).build()))));
  }
}
