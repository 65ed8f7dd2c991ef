package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.api.EcsErrors;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentStrategy;

/// The settings that CreateService and UpdateService share, checked and with defaults. Source: ECS
/// API reference, CreateService; texts as observed from the service.
final class Settings {
  /// The most tasks of a service. Source: ECS quotas, tasks per service.
  static final int DESIRED_COUNT_MAX = 5000;

  private static final int MINIMUM_HEALTHY_PERCENT = 100;
  private static final int MAXIMUM_PERCENT = 200;

  /// So that the most tasks of a deployment stay countable.
  private static final int MAXIMUM_PERCENT_MAX = 10_000;

  private static final DeploymentConfiguration DEFAULT =
      DeploymentConfiguration.builder()
          .minimumHealthyPercent(MINIMUM_HEALTHY_PERCENT)
          .maximumPercent(MAXIMUM_PERCENT)
          .deploymentCircuitBreaker(
              DeploymentCircuitBreaker.builder().enable(false).rollback(false).build())
          .strategy(DeploymentStrategy.ROLLING)
          .bakeTimeInMinutes(0)
          .build();

  /// Source: ECS API reference, DeploymentConfiguration: the defaults of DAEMON services.
  static final DeploymentConfiguration DAEMON =
      DEFAULT.toBuilder().minimumHealthyPercent(0).maximumPercent(100).build();

  private Settings() {}

  static int desiredCount(@Nullable Integer sent) {
    if (sent == null) {
      throw EcsErrors.invalidParameter(
          "The desired count is required for the REPLICA scheduling strategy.");
    }
    if (sent < 0 || sent > DESIRED_COUNT_MAX) {
      throw EcsErrors.invalidParameter(
          "desiredCount must be between 0 and " + DESIRED_COUNT_MAX + ".");
    }
    return sent;
  }

  /// REPLICA or DAEMON, which has no count, no strategies and no more tasks than instances.
  static String scheduling(
      @Nullable String sent,
      @Nullable Integer desiredCount,
      @Nullable DeploymentConfiguration deployment,
      boolean strategies) {
    if (sent == null || Text.oneOf(sent, "REPLICA", "DAEMON").equals("REPLICA")) {
      return "REPLICA";
    }
    if (desiredCount != null) {
      throw EcsErrors.invalidParameter(
          "The daemon scheduling strategy does not support a desired count for services");
    }
    Integer maximum = deployment == null ? null : deployment.maximumPercent();
    if (maximum != null && maximum > 100) {
      throw EcsErrors.invalidParameter(
          "The daemon scheduling strategy does not support values above 100 for maximumPercent");
    }
    if (strategies) {
      throw EcsErrors.invalidParameter(
          "The daemon scheduling strategy does not support placement strategies");
    }
    return "DAEMON";
  }

  /// The configuration with what was sent, over that of before or the defaults.
  static DeploymentConfiguration deployment(
      @Nullable DeploymentConfiguration before, @Nullable DeploymentConfiguration sent) {
    DeploymentConfiguration base = before == null ? DEFAULT : before;
    if (sent == null) {
      return base;
    }
    DeploymentConfiguration.Builder next = base.toBuilder();
    Shifting.merge(next, sent);
    Hooks.merge(next, sent);
    if (sent.minimumHealthyPercent() != null) {
      next.minimumHealthyPercent(sent.minimumHealthyPercent());
    }
    if (sent.maximumPercent() != null) {
      next.maximumPercent(sent.maximumPercent());
    }
    if (sent.deploymentCircuitBreaker() != null) {
      Breaker.check(sent.deploymentCircuitBreaker());
      next.deploymentCircuitBreaker(sent.deploymentCircuitBreaker());
    }
    if (sent.alarms() != null) {
      Alarms.check(sent.alarms());
      next.alarms(sent.alarms());
    }
    DeploymentConfiguration merged = next.build();
    percentages(merged.minimumHealthyPercent(), merged.maximumPercent());
    return merged;
  }

  static @Nullable Integer grace(@Nullable Integer sent) {
    if (sent != null && sent < 0) {
      throw EcsErrors.invalidParameter(
          "healthCheckGracePeriodSeconds must be between 0 and " + Integer.MAX_VALUE + ".");
    }
    return sent;
  }

  static String propagateTags(String sent) {
    return Text.oneOf(sent, "TASK_DEFINITION", "SERVICE", "NONE");
  }

  static void platformVersion(@Nullable String sent) {
    if (sent != null && !sent.isEmpty()) {
      throw EcsErrors.invalidParameter(
          "The platform version must be null when specifying an EC2 launch type");
    }
  }

  /// What is enabled for a service that ECS would not rebalance is stored and has no effect.
  static void rebalancing(@Nullable String sent) {
    if (sent != null) {
      Text.oneOf(sent, "ENABLED", "DISABLED");
    }
  }

  static <T> List<T> orEmpty(@Nullable List<T> sent) {
    return sent == null ? List.of() : sent;
  }

  private static void percentages(int minimum, int maximum) {
    if (minimum > 100) {
      throw EcsErrors.invalidParameter("minimumHealthyPercent must be at most 100");
    }
    if (minimum < 0) {
      throw EcsErrors.invalidParameter("minimumHealthyPercent must be at least 0");
    }
    if (maximum < 100) {
      throw EcsErrors.invalidParameter("maximumPercent must be at least 100");
    }
    if (maximum > MAXIMUM_PERCENT_MAX) {
      throw EcsErrors.invalidParameter("maximumPercent must be at most " + MAXIMUM_PERCENT_MAX);
    }
    if (minimum == 100 && maximum == 100) {
      throw EcsErrors.invalidParameter(
          "Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block"
              + " deployments");
    }
  }
}
