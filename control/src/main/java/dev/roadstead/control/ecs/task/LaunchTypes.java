package dev.roadstead.control.ecs.task;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.capacity.CapacityStrategy;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.StrategyItem;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.engine.root.State;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;

/// Where tasks may run, as requests spell it. Shared by RunTask, StartTask and the service
/// operations.
public final class LaunchTypes {
  private static final String AWSVPC = "awsvpc";
  private static final String FARGATE = "FARGATE";

  private LaunchTypes() {}

  /// `EC2` or `EXTERNAL`; EC2 when none is named. Refuses what cannot run this definition, and what
  /// this deployment cannot run.
  public static String require(@Nullable String sent, TaskDefinition definition) {
    String launchType = sent == null ? Launch.EC2 : sent;
    if (!List.of(Launch.EC2, Launch.EXTERNAL, FARGATE, "MANAGED_INSTANCES").contains(launchType)) {
      throw EcsErrors.invalidParameter(
          "launchType should be one of [EC2,EXTERNAL,FARGATE,MANAGED_INSTANCES]");
    }
    if (!definition.compatibilities().contains(launchType)) {
      throw EcsErrors.invalidParameter(
          "Task definition does not support launch_type " + launchType + ".");
    }
    if (!launchType.equals(Launch.EC2) && !launchType.equals(Launch.EXTERNAL)) {
      throw EcsErrors.unsupported("Launch type " + launchType);
    }
    return launchType;
  }

  /// The capacity provider strategy of a launch: the one sent, else the cluster's own when no
  /// launch type is named; empty when none counts. Refuses what {@link CapacityStrategy} refuses,
  /// and Fargate, which has no capacity here.
  ///
  /// @param launchType as sent
  public static List<StrategyItem> strategy(
      State state,
      Cluster cluster,
      List<CapacityProviderStrategyItem> sent,
      @Nullable String launchType,
      TaskDefinition definition) {
    List<StrategyItem> strategy =
        sent.isEmpty() && launchType == null
            ? cluster.strategy()
            : CapacityStrategy.ofTasks(state, cluster, sent);
    if (CapacityStrategy.fargate(strategy)) {
      if (!definition.compatibilities().contains(FARGATE)) {
        throw EcsErrors.invalidParameter(
            "Task definition does not support launch_type " + FARGATE + ".");
      }
      throw EcsErrors.client(
          "Capacity is unavailable at this time. Please try again later or in a different"
              + " availability zone");
    }
    return strategy;
  }

  /// Refuses a launch type beside a strategy, of a service or task set. Source: ECS API reference,
  /// CreateService.
  public static void refuseBoth(
      @Nullable String launchType, List<CapacityProviderStrategyItem> strategy) {
    if (launchType != null && !strategy.isEmpty()) {
      throw EcsErrors.invalidParameter(
          "Specifying both a launch type and capacity provider strategy is not supported");
    }
  }

  /// Checks the network configuration against the definition's network mode. Source: ECS API
  /// reference, RunTask.
  public static void checkNetwork(@Nullable NetworkConfiguration sent, TaskDefinition definition) {
    boolean awsvpc = AWSVPC.equals(definition.networkMode());
    if (!awsvpc && sent != null) {
      throw EcsErrors.invalidParameter(
          "Network Configuration is not valid for the given networkMode of this task definition.");
    }
    if (!awsvpc) {
      return;
    }
    if (sent == null || sent.awsvpcConfiguration() == null) {
      throw EcsErrors.invalidParameter(
          "Network Configuration must be provided when networkMode 'awsvpc' is specified.");
    }
    if (sent.awsvpcConfiguration().subnets().isEmpty()) {
      throw EcsErrors.invalidParameter("subnets can not be empty.");
    }
    throw EcsErrors.unsupported("Network mode awsvpc");
  }
}
