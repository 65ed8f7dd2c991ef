package dev.roadstead.control.ecs.service;

import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.AlarmState;
import dev.roadstead.control.ecs.table.AlarmStates;
import dev.roadstead.control.ecs.table.AlarmWatch;
import dev.roadstead.control.ecs.table.AlarmWatchBuilder;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.ServiceDeploymentBuilder;
import dev.roadstead.control.ecs.table.Shift;
import dev.roadstead.engine.root.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DeploymentAlarms;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;

/// Deployment alarms: a deployment fails when one of its alarms goes to `ALARM` before it is over.
/// Source: ECS developer guide, "How CloudWatch alarms detect Amazon ECS deployment failures".
///
/// An alarm that is in `ALARM` since before the deployment began tells nothing about it.
final class Alarms {
  /// So that one look at all of them stays short. AWS publishes no figure.
  static final int ALARMS_MAX = 100;

  private static final int NAME_MAX = 255; // CloudWatch's limit

  /// How long a rolling update that is complete is watched when its alarms do not say how long they
  /// look back: one period of five minutes, CloudWatch's default.
  static final Duration BAKE = Duration.ofMinutes(5);

  private Alarms() {}

  /// Refuses what is not complete with InvalidParameterException.
  static void check(DeploymentAlarms sent) {
    if (sent.enable() == null || sent.rollback() == null || !sent.hasAlarmNames()) {
      throw EcsErrors.invalidParameter(
          "alarmNames, enable and rollback are required for deployment alarms.");
    }
    if (sent.enable() && sent.alarmNames().isEmpty()) {
      throw EcsErrors.invalidParameter("alarmNames cannot be empty.");
    }
    if (sent.alarmNames().size() > ALARMS_MAX) {
      throw EcsErrors.invalidParameter("alarmNames cannot have more than " + ALARMS_MAX + ".");
    }
    for (String name : sent.alarmNames()) {
      if (name.isEmpty() || name.length() > NAME_MAX) {
        throw EcsErrors.invalidParameter(
            "Alarm names must be between 1 and " + NAME_MAX + " characters.");
      }
    }
  }

  /// What watches a deployment that begins; null when nothing does.
  static @Nullable AlarmWatch begin(@Nullable DeploymentConfiguration configuration) {
    DeploymentAlarms alarms = configuration == null ? null : configuration.alarms();
    return alarms == null || !Boolean.TRUE.equals(alarms.enable())
        ? null
        : new AlarmWatch(alarms.alarmNames(), List.of(), null);
  }

  static boolean rollback(Service service) {
    DeploymentConfiguration configuration = ServiceDocument.of(service).deploymentConfiguration();
    DeploymentAlarms alarms = configuration == null ? null : configuration.alarms();
    return alarms != null && Boolean.TRUE.equals(alarms.rollback());
  }

  /// The alarms that went to `ALARM` since the deployment began, of those that watch it.
  static List<String> triggered(State state, Scope scope, ServiceDeployment deployment) {
    AlarmWatch watch = deployment.alarms();
    Shift shift = deployment.shift();
    boolean over = shift != null && shift.over() && !shift.rolling();
    if (watch == null || over) {
      return List.of();
    }
    return watch.names().stream()
        .filter(
            name -> {
              AlarmState alarm = state.find(AlarmStates.TABLE, scope.key(name));
              return alarm != null
                  && alarm.alarm()
                  && alarm.since().isAfter(deployment.createdAt());
            })
        .toList();
  }

  /// A rolling update that is otherwise complete: from now on it is watched for some time.
  static ServiceDeployment complete(
      State state, Scope scope, ServiceDeployment deployment, Instant now) {
    AlarmWatch watch = deployment.alarms();
    if (watch == null || watch.bakedAt() != null || !rolls(deployment)) {
      return deployment;
    }
    Instant bakedAt = now.plus(bake(state, scope, watch));
    return ServiceDeploymentBuilder.builder(deployment)
        .alarms(AlarmWatchBuilder.builder(watch).bakedAt(bakedAt).build())
        .build();
  }

  /// Whether it was watched for long enough.
  static boolean baked(ServiceDeployment deployment, Instant now) {
    AlarmWatch watch = deployment.alarms();
    Instant bakedAt = watch == null ? null : watch.bakedAt();
    return !rolls(deployment) || bakedAt == null || !bakedAt.isAfter(now);
  }

  private static boolean rolls(ServiceDeployment deployment) {
    Shift shift = deployment.shift();
    return (shift == null || shift.rolling()) && deployment.inProgress();
  }

  /// How long a complete rolling update is watched: as long as the slowest of its alarms looks
  // back.
  static Duration bake(State state, Scope scope, AlarmWatch watch) {
    int seconds =
        watch.names().stream()
            .map(name -> state.find(AlarmStates.TABLE, scope.key(name)))
            .mapToInt(alarm -> alarm == null ? 0 : alarm.windowSeconds())
            .max()
            .orElse(0);
    return seconds == 0 ? BAKE : Duration.ofSeconds(seconds);
  }
}
