package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DeploymentController;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.ServiceConnectConfiguration;
import software.amazon.awssdk.services.ecs.model.ServiceConnectService;
import software.amazon.awssdk.services.ecs.model.ServiceVolumeConfiguration;

/// Refuses what a service can't have yet, after ECS's own checks of it. What would change how tasks
/// run is never taken and then ignored.
final class Unbuilt {
  private static final int CLIENT_ALIASES_MAX = 1; // the AWS limit
  private static final Pattern DNS_NAME = Pattern.compile("[a-z0-9_.][a-z0-9_.-]{0,126}");

  private Unbuilt() {}

  /// The ECS and the EXTERNAL controller are built.
  ///
  /// @param taskDefinition as sent
  static void controller(
      @Nullable DeploymentController controller,
      @Nullable String taskDefinition,
      List<LoadBalancer> loadBalancers) {
    if (controller == null) {
      return;
    }
    switch (Text.oneOf(controller.typeAsString(), "ECS", "CODE_DEPLOY", "EXTERNAL")) {
      case "ECS" -> {}
      case "EXTERNAL" -> {
        if (taskDefinition != null) {
          throw EcsErrors.invalidParameter("TaskDefinition must be blank");
        }
      }
      default -> {
        if (loadBalancers.isEmpty()) {
          throw EcsErrors.invalidParameter(
              "For the CODE_DEPLOY deployment controller, the service requires an Application Load"
                  + " Balancer or Network Load Balancer");
        }
        throw EcsErrors.unsupported("Deployment controller CODE_DEPLOY");
      }
    }
  }

  static void loadBalancers(List<LoadBalancer> loadBalancers, TaskDefinition definition) {
    for (LoadBalancer one : loadBalancers) {
      if (one.loadBalancerName() != null && one.targetGroupArn() != null) {
        throw EcsErrors.invalidParameter(
            "loadBalancerName and targetGroupArn cannot both be specified");
      }
      if (!mapsPort(one, definition)) {
        throw EcsErrors.invalidParameter(
            "The container "
                + one.containerName()
                + " did not have a container port "
                + one.containerPort()
                + " defined.");
      }
    }
    refuse(!loadBalancers.isEmpty(), "loadBalancers");
  }

  static void connect(
      @Nullable ServiceConnectConfiguration sent, Cluster cluster, TaskDefinition definition) {
    if (sent == null) {
      return;
    }
    if (Boolean.TRUE.equals(sent.enabled())
        && sent.namespace() == null
        && !cluster.document().contains("serviceConnectDefaults")) {
      throw EcsErrors.invalidParameter("Namespace is missing");
    }
    List<ContainerDefinition> containers = model(definition).containerDefinitions();
    for (ServiceConnectService one : sent.services()) {
      if (one.clientAliases().size() > CLIENT_ALIASES_MAX) {
        throw EcsErrors.invalidParameter(
            one.clientAliases().size()
                + " clientAliases exceeds the max limit of "
                + CLIENT_ALIASES_MAX);
      }
      if (one.clientAliases().stream().anyMatch(alias -> !isDnsName(alias.dnsName()))) {
        throw EcsErrors.invalidParameter("The DNS name that you provided is invalid");
      }
      boolean known =
          containers.stream()
              .flatMap(container -> container.portMappings().stream())
              .anyMatch(port -> one.portName() != null && one.portName().equals(port.name()));
      if (!known) {
        throw EcsErrors.invalidParameter(
            "portName("
                + one.portName()
                + ") does not refer to any named PortMapping in the container definitions");
      }
    }
    throw EcsErrors.unsupported("serviceConnectConfiguration");
  }

  /// Source: ECS API reference, ServiceConnectClientAlias, `dnsName`.
  private static boolean isDnsName(@Nullable String sent) {
    return sent == null || DNS_NAME.matcher(sent).matches();
  }

  static void volumes(List<ServiceVolumeConfiguration> sent, TaskDefinition definition) {
    for (ServiceVolumeConfiguration one : sent) {
      if (model(definition).volumes().stream()
          .noneMatch(volume -> volume.name() != null && volume.name().equals(one.name()))) {
        throw EcsErrors.invalidParameter(
            "The volume name '"
                + one.name()
                + "' in your request does not have a matching volume in your Task Definition");
      }
    }
    refuse(!sent.isEmpty(), "volumeConfigurations");
  }

  private static software.amazon.awssdk.services.ecs.model.TaskDefinition model(
      TaskDefinition definition) {
    return JsonShapes.read(
        definition.document().getBytes(StandardCharsets.UTF_8),
        software.amazon.awssdk.services.ecs.model.TaskDefinition.builder());
  }

  static void refuse(boolean sent, String what) {
    if (sent) {
      throw EcsErrors.unsupported(what);
    }
  }

  private static boolean mapsPort(LoadBalancer one, TaskDefinition definition) {
    return definition.containers().stream()
        .filter(container -> container.name().equals(one.containerName()))
        .flatMap(container -> container.ports().stream())
        .anyMatch(
            port -> one.containerPort() != null && port.containerPort() == one.containerPort());
  }
}
