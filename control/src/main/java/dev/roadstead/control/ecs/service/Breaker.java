package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Service;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.ThresholdConfiguration;
import software.amazon.awssdk.services.ecs.model.ThresholdType;

/// A service's deployment circuit breaker: after how many failed tasks a deployment has failed.
/// Source: ECS developer guide, "How the Amazon ECS deployment circuit breaker detects failures".
///
/// A task that never became RUNNING, failed its health checks, or ended by itself within
/// {@link Trouble#PROOF} counts; capacity that lacks does not.
///
/// @param rollback whether the service goes back to the last completed deployment
/// @param resets whether a healthy task makes the count begin anew
/// @param threshold at least 1; 0 when not enabled
record Breaker(boolean enabled, boolean rollback, boolean resets, int threshold) {
  private static final int PERCENT = 50;
  private static final int BOUNDED_MIN = 3;
  private static final int BOUNDED_MAX = 200;

  static Breaker of(Service service) {
    return of(ServiceDocument.of(service).deploymentConfiguration(), service.desiredCount());
  }

  static Breaker of(@Nullable DeploymentConfiguration configuration, int desiredCount) {
    DeploymentCircuitBreaker sent =
        configuration == null ? null : configuration.deploymentCircuitBreaker();
    if (sent == null || !Boolean.TRUE.equals(sent.enable())) {
      return new Breaker(false, false, true, 0);
    }
    return new Breaker(
        true,
        Boolean.TRUE.equals(sent.rollback()),
        !Boolean.FALSE.equals(sent.resetOnHealthyTask()),
        threshold(sent.thresholdConfiguration(), desiredCount));
  }

  /// Refuses what is out of range with InvalidParameterException.
  static void check(@Nullable DeploymentCircuitBreaker sent) {
    ThresholdConfiguration threshold = sent == null ? null : sent.thresholdConfiguration();
    if (threshold == null) {
      return;
    }
    if (threshold.typeAsString() != null) {
      Text.oneOf(threshold.typeAsString(), "COUNT", "BOUNDED_PERCENT", "UNBOUNDED_PERCENT");
    }
    Integer value = threshold.value();
    int most = threshold.type() == ThresholdType.COUNT ? Settings.DESIRED_COUNT_MAX : 100;
    if (value != null && (value < 1 || value > most)) {
      throw EcsErrors.invalidParameter(
          "thresholdConfiguration value must be between 1 and " + most + ".");
    }
  }

  boolean trips(int failures) {
    return enabled && failures >= threshold;
  }

  private static int threshold(@Nullable ThresholdConfiguration sent, int desiredCount) {
    Integer own = sent == null ? null : sent.value();
    ThresholdType type = sent == null ? null : sent.type();
    int value = own == null ? PERCENT : own;
    if (type == ThresholdType.COUNT) {
      return own == null ? BOUNDED_MIN : own;
    }
    int share = (int) ((desiredCount * (long) value + 99) / 100);
    return type == ThresholdType.UNBOUNDED_PERCENT
        ? Math.max(1, share)
        : Math.clamp(share, BOUNDED_MIN, BOUNDED_MAX);
  }
}
