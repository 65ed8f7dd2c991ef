package dev.roadstead.control.ecs.taskdefinition.rule;

import dev.roadstead.control.ecs.api.EcsErrors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.Secret;

/// The rules of log drivers and log routers. Source: ECS API reference, LogConfiguration and
/// FirelensConfiguration.
final class LogRules {
  private static final List<String> MODES = List.of("blocking", "non-blocking");
  private static final List<String> CONFIG_TYPES = List.of("s3", "file");

  private LogRules() {}

  /// Refuses log drivers that do not exist, or not on Fargate.
  static void checkDriver(Draft draft) {
    List<String> valid =
        draft.forFargate()
            ? FargateRules.LOG_DRIVERS
            : LogDriver.knownValues().stream().map(LogDriver::toString).sorted().toList();
    for (ContainerDefinition container : draft.containers()) {
      LogConfiguration log = container.logConfiguration();
      if (log == null) {
        continue;
      }
      if (log.logDriverAsString() == null) {
        throw EcsErrors.client("LogConfiguration.logDriver should not be null or empty.");
      }
      if (!valid.contains(log.logDriverAsString())) {
        throw EcsErrors.client(notValid(log.logDriverAsString(), valid));
      }
    }
  }

  static String notValid(String driver, List<String> valid) {
    return driver + " is not a valid log driver. Must be one of [" + String.join(", ", valid) + "]";
  }

  static void check(ContainerDefinition container, Draft draft) {
    checkRouter(container, draft);
    LogConfiguration log = container.logConfiguration();
    if (log == null) {
      return;
    }
    List<String> missing = missing(log, draft.forFargate());
    if (!missing.isEmpty()) {
      throw EcsErrors.client(
          "Log driver "
              + log.logDriverAsString()
              + " requires options: "
              + String.join(", ", missing));
    }
    String mode = log.options().get("mode");
    if (mode != null && !MODES.contains(mode)) {
      throw EcsErrors.client("Invalid value '" + mode + "' for log option mode.");
    }
    if (log.logDriver() == LogDriver.AWSFIRELENS && routers(draft) != 1) {
      throw EcsErrors.client(
          "When a container uses the awsfirelens log driver, the task definition must have exactly"
              + " one container with a firelensConfiguration.");
    }
  }

  private static List<String> missing(LogConfiguration log, boolean fargate) {
    List<String> missing = new ArrayList<>();
    switch (log.logDriver()) {
      case AWSLOGS -> {
        require(log, "awslogs-region", missing);
        require(log, "awslogs-group", missing);
        if (fargate) {
          require(log, "awslogs-stream-prefix", missing);
        }
      }
      case SPLUNK -> {
        require(log, "splunk-token", missing);
        require(log, "splunk-url", missing);
      }
      default -> {}
    }
    return missing;
  }

  private static void require(LogConfiguration log, String option, List<String> missing) {
    String value = log.options().get(option);
    boolean secret = log.secretOptions().stream().map(Secret::name).anyMatch(option::equals);
    if (!secret && (value == null || value.isEmpty())) {
      missing.add(option);
    }
  }

  private static void checkRouter(ContainerDefinition container, Draft draft) {
    if (container.firelensConfiguration() == null) {
      return;
    }
    if (routers(draft) > 1) {
      throw EcsErrors.client(
          "A task definition can have only one container with a firelensConfiguration.");
    }
    if (container.firelensConfiguration().typeAsString() == null) {
      throw EcsErrors.client("FirelensConfiguration.type should not be null or empty.");
    }
    @Nullable String type = container.firelensConfiguration().options().get("config-file-type");
    @Nullable String value = container.firelensConfiguration().options().get("config-file-value");
    if (type != null && !CONFIG_TYPES.contains(type)) {
      throw EcsErrors.client("Invalid value '" + type + "' for config-file-type.");
    }
    if ((type == null) != (value == null)) {
      throw EcsErrors.client("config-file-type and config-file-value must be specified together.");
    }
  }

  private static long routers(Draft draft) {
    return draft.containers().stream().filter(one -> one.firelensConfiguration() != null).count();
  }
}
