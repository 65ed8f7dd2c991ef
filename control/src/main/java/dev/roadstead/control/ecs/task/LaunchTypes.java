package dev.roadstead.control.ecs.task;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.TaskDefinition;
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

  /// Refuses a capacity provider strategy: no capacity provider can exist yet.
  public static void refuseStrategy(List<CapacityProviderStrategyItem> strategy) {
    refuseProviders(
        strategy.stream()
            .map(item -> item.capacityProvider() == null ? "" : item.capacityProvider())
            .toList());
  }

  /// Whether more than one item of a strategy has a base, which ECS does not take.
  public static boolean severalBases(List<CapacityProviderStrategyItem> strategy) {
    return strategy.stream().filter(one -> one.base() != null && one.base() > 0).count() > 1;
  }

  /// Refuses named capacity providers: none can exist yet.
  public static void refuseProviders(List<String> names) {
    if (names.isEmpty()) {
      return;
    }
    for (String name : names) {
      if (name.startsWith(FARGATE)) {
        throw EcsErrors.unsupported("Capacity provider " + name);
      }
    }
    throw EcsErrors.client(
        "The specified capacity provider does not exist. Specify a valid name or ARN and try"
            + " again.");
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
