package dev.roadstead.control.ecs.setting;

import dev.roadstead.control.ecs.api.EcsErrors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The settings there are, with the values they take and the service's default. Source: ECS
/// developer guide, "Access Amazon ECS features with account settings".
enum SettingKind {
  SERVICE_LONG_ARN_FORMAT("serviceLongArnFormat", "enabled", "enabled", "disabled"),
  TASK_LONG_ARN_FORMAT("taskLongArnFormat", "enabled", "enabled", "disabled"),
  CONTAINER_INSTANCE_LONG_ARN_FORMAT(
      "containerInstanceLongArnFormat", "enabled", "enabled", "disabled"),
  AWSVPC_TRUNKING("awsvpcTrunking", "disabled", "enabled", "disabled"),
  CONTAINER_INSIGHTS("containerInsights", "disabled", "enabled", "disabled", "enhanced"),
  DUAL_STACK_IPV6("dualStackIPv6", "enabled", "enabled", "disabled"),
  FARGATE_FIPS_MODE("fargateFIPSMode", "disabled", "enabled", "disabled", "on", "off"),
  TAG_RESOURCE_AUTHORIZATION("tagResourceAuthorization", "on", "on", "off"),
  FARGATE_TASK_RETIREMENT_WAIT_PERIOD("fargateTaskRetirementWaitPeriod", "7", "0", "7", "14"),
  FARGATE_EVENT_WINDOWS("fargateEventWindows", "disabled", "enabled", "disabled"),
  GUARD_DUTY_ACTIVATE("guardDutyActivate", "off", "on", "off"),
  DEFAULT_LOG_DRIVER_MODE("defaultLogDriverMode", "non-blocking", "blocking", "non-blocking");

  final String title;
  final String usual;

  /// Joined by commas.
  private final String values;

  SettingKind(String title, String usual, String... values) {
    this.title = title;
    this.usual = usual;
    this.values = String.join(",", values);
  }

  /// Refuses an unknown name with InvalidParameterException.
  static SettingKind of(@Nullable String name) {
    for (SettingKind kind : values()) {
      if (kind.title.equals(name)) {
        return kind;
      }
    }
    String titles =
        Arrays.stream(values()).map(kind -> kind.title).collect(Collectors.joining(","));
    throw EcsErrors.invalidParameter(name + " should be one of [" + titles + "]");
  }

  /// AWS sets it; nobody else can.
  boolean readOnly() {
    return this == GUARD_DUTY_ACTIVATE;
  }

  /// Only the whole account can have it.
  boolean rootOnly() {
    return this == FARGATE_TASK_RETIREMENT_WAIT_PERIOD;
  }

  /// Refuses a value it cannot have with InvalidParameterException.
  void check(@Nullable String value) {
    if (value == null || !List.of(values.split(",", -1)).contains(value)) {
      throw EcsErrors.invalidParameter(value + " should be one of [" + values + "]");
    }
  }
}
