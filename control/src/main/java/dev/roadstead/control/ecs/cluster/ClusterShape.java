package dev.roadstead.control.ecs.cluster;

import dev.roadstead.control.ecs.api.Tags;
import dev.roadstead.control.ecs.capacity.ScalingFigure;
import dev.roadstead.control.ecs.capacity.StrategyShape;
import dev.roadstead.control.ecs.table.CapacityProvider;
import dev.roadstead.control.ecs.table.CapacityProviders;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.ServiceCounts;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.TaskCounts;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;

/// A cluster's row as the model's Cluster.
final class ClusterShape {
  /// What answers to writes include: what the caller may have sent.
  static final Set<ClusterField> STORED =
      EnumSet.of(ClusterField.SETTINGS, ClusterField.CONFIGURATIONS, ClusterField.TAGS);

  private ClusterShape() {}

  /// @param include what the caller asked for beside the plain members; what was not asked for is
  ///     an empty list
  static software.amazon.awssdk.services.ecs.model.Cluster of(
      State state, Cluster cluster, Set<ClusterField> include) {
    TaskCounts tasks = state.value(Tasks.BY_CLUSTER, cluster.key());
    var shape = software.amazon.awssdk.services.ecs.model.Cluster.builder();
    JsonShapes.fill(cluster.document().getBytes(StandardCharsets.UTF_8), shape);
    shape
        .clusterArn(cluster.arn())
        .clusterName(cluster.name())
        .status(cluster.status())
        .capacityProviders(cluster.capacityProviders())
        .defaultCapacityProviderStrategy(StrategyShape.of(cluster.strategy()))
        .registeredContainerInstancesCount(
            state.count(ContainerInstances.REGISTERED_BY_CLUSTER, cluster.key()))
        .runningTasksCount(tasks.running())
        .pendingTasksCount(tasks.pending())
        .activeServicesCount(state.value(Services.BY_CLUSTER, cluster.key()).active())
        .statistics(
            include.contains(ClusterField.STATISTICS)
                ? statistics(state, cluster, tasks)
                : List.of())
        .tags(include.contains(ClusterField.TAGS) ? Tags.toModel(cluster.tags()) : List.of());
    if (!include.contains(ClusterField.SETTINGS)) {
      shape.settings(List.of());
    }
    if (!include.contains(ClusterField.CONFIGURATIONS)) {
      shape.configuration((software.amazon.awssdk.services.ecs.model.ClusterConfiguration) null);
    }
    if (include.contains(ClusterField.ATTACHMENTS)) {
      shape.attachments(attachments(state, cluster)).attachmentsStatus("UPDATE_COMPLETE");
    }
    return shape.build();
  }

  /// One for each capacity provider with managed scaling, with the figures it scales by. Source:
  /// ECS API reference, Cluster.
  private static List<Attachment> attachments(State state, Cluster cluster) {
    List<Attachment> all = new ArrayList<>();
    for (String name : cluster.capacityProviders()) {
      CapacityProvider provider = CapacityProviders.find(state, cluster.scope(), name);
      if (provider == null || !provider.managedScaling()) {
        continue;
      }
      ScalingFigure figure = ScalingFigure.of(state, cluster, provider);
      String id =
          UUID.nameUUIDFromBytes((cluster.key() + "/" + name).getBytes(StandardCharsets.UTF_8))
              .toString();
      all.add(
          Attachment.builder()
              .id(id)
              .type("as_policy")
              .status("CREATED")
              .details(
                  detail("capacityProviderName", name),
                  detail("scalingPolicyName", "ECSManagedAutoScalingPolicy-" + id),
                  detail("CapacityProviderReservation", figure.reservationPercent()),
                  detail("instancesRegistered", figure.instances()),
                  detail("instancesNeeded", figure.needed()),
                  detail("tasksWaiting", figure.waiting()))
              .build());
    }
    return all;
  }

  private static KeyValuePair detail(String name, Object value) {
    return KeyValuePair.builder().name(name).value(value.toString()).build();
  }

  /// Every task here runs on container instances; there is no Fargate yet.
  private static List<KeyValuePair> statistics(State state, Cluster cluster, TaskCounts tasks) {
    ServiceCounts services = state.value(Services.BY_CLUSTER, cluster.key());
    return List.of(
        statistic("runningEC2TasksCount", tasks.running()),
        statistic("runningFargateTasksCount", 0),
        statistic("pendingEC2TasksCount", tasks.pending()),
        statistic("pendingFargateTasksCount", 0),
        statistic("activeEC2ServiceCount", services.active()),
        statistic("activeFargateServiceCount", 0),
        statistic("drainingEC2ServiceCount", services.drainingEc2() + services.drainingExternal()),
        statistic("drainingFargateServiceCount", 0));
  }

  private static KeyValuePair statistic(String name, int value) {
    return KeyValuePair.builder().name(name).value(Integer.toString(value)).build();
  }
}
