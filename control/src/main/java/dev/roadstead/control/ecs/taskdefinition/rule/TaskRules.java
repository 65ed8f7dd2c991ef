package dev.roadstead.control.ecs.taskdefinition.rule;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.placement.Query;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.ProxyConfiguration;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionPlacementConstraint;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionPlacementConstraintType;

/// The rules of the task's own members.
final class TaskRules {
  /// Source: ECS developer guide, "Service quotas": containers per task definition.
  static final int CONTAINERS_MAX = 10;

  /// Source: ECS API reference, RegisterTaskDefinition, `placementConstraints`.
  static final int CONSTRAINTS_MAX = 10;

  /// Source: ECS API reference, RegisterTaskDefinition, `cpu`: from 0.125 to 192 vCPUs.
  static final int CPU_UNITS_MIN = 128;

  static final int CPU_UNITS_MAX = 196_608;

  /// The least that Docker takes for a container.
  static final int MEMORY_MIB_MIN = 6;

  private static final int STORAGE_GIB_MIN = 21;
  private static final int STORAGE_GIB_MAX = 200;

  /// Names of families, containers and volumes.
  static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");

  private static final List<String> PROXY_PROPERTIES =
      List.of(
          "IgnoredUID",
          "IgnoredGID",
          "AppPorts",
          "ProxyIngressPort",
          "ProxyEgressPort",
          "EgressIgnoredPorts",
          "EgressIgnoredIPs");

  private TaskRules() {}

  /// What must hold before the other rules can be asked.
  @SuppressWarnings("deprecation") // to refuse what is retired it must be read
  static void checkFrame(Draft draft) {
    if (!draft.request().inferenceAccelerators().isEmpty()) {
      throw EcsErrors.client("Unsupported field 'inferenceAccelerators'");
    }
    String family = draft.request().family();
    if (family == null || family.isEmpty()) {
      throw EcsErrors.client("Family should not be null or empty.");
    }
    if (!NAME.matcher(family).matches()) {
      throw EcsErrors.client("Family contains invalid characters.");
    }
    if (draft.containers().isEmpty()) {
      throw EcsErrors.client("Container list cannot be empty.");
    }
    if (draft.containers().size() > CONTAINERS_MAX) {
      throw EcsErrors.client(
          "The number of containers in a task definition cannot exceed " + CONTAINERS_MAX + ".");
    }
    Set<String> names = new HashSet<>();
    for (ContainerDefinition container : draft.containers()) {
      checkNames(container);
      if (!names.add(container.name())) {
        throw EcsErrors.client("Container names must be unique within a task definition");
      }
    }
    if (draft.containers().stream().noneMatch(Draft::essential)) {
      throw EcsErrors.client("Task definition doesn't have any essential container");
    }
  }

  private static void checkNames(ContainerDefinition container) {
    if (container.name() == null || container.name().isEmpty()) {
      throw EcsErrors.client("Container.name should not be null or empty.");
    }
    if (!NAME.matcher(container.name()).matches()) {
      throw EcsErrors.client("Container.name contains invalid characters.");
    }
    if (container.image() == null || container.image().isEmpty()) {
      throw EcsErrors.client("Container.image should not be null or empty.");
    }
    if (container.image().length() > 255 || container.image().chars().anyMatch(c -> c <= ' ')) {
      throw EcsErrors.client("Container.image contains invalid characters.");
    }
  }

  static void check(Draft draft) {
    Roles.check(draft.request().taskRoleArn());
    Roles.check(draft.request().executionRoleArn());
    checkSizes(draft);
    checkConstraints(draft.request().placementConstraints());
    checkStorage(draft);
    if (draft.request().proxyConfiguration() != null) {
      checkProxy(draft.request().proxyConfiguration(), draft);
    }
    if (draft.windows()
        && (draft.request().pidMode() != null || draft.request().ipcMode() != null)) {
      throw EcsErrors.client("pidMode and ipcMode are not supported for Windows containers.");
    }
  }

  private static void checkSizes(Draft draft) {
    Integer cpu = draft.cpuUnits();
    if (cpu != null && (cpu < CPU_UNITS_MIN || cpu > CPU_UNITS_MAX)) {
      throw EcsErrors.client("Invalid 'cpu' setting for task.");
    }
    Integer memory = draft.memoryMib();
    if (memory != null && memory < MEMORY_MIB_MIN) {
      throw EcsErrors.client("Invalid 'memory' setting for task.");
    }
    long cpuSum = 0;
    long softSum = 0;
    for (ContainerDefinition container : draft.containers()) {
      cpuSum += container.cpu() == null ? 0 : container.cpu();
      softSum += container.memoryReservation() == null ? 0 : container.memoryReservation();
    }
    if (cpu != null && cpuSum > cpu) {
      throw EcsErrors.client(
          "The sum of all container 'cpu' values cannot be greater than the value of the task"
              + " 'cpu'.");
    }
    if (memory != null && softSum > memory) {
      throw EcsErrors.client(
          "The sum of all container 'memoryReservation' values cannot be greater than the value of"
              + " the task 'memory'.");
    }
  }

  private static void checkConstraints(List<TaskDefinitionPlacementConstraint> constraints) {
    if (constraints.size() > CONSTRAINTS_MAX) {
      throw EcsErrors.client("Maximum number of placement constraints is " + CONSTRAINTS_MAX);
    }
    for (TaskDefinitionPlacementConstraint constraint : constraints) {
      if (constraint.type() != TaskDefinitionPlacementConstraintType.MEMBER_OF) {
        throw EcsErrors.client("Placement constraint type should be one of [memberOf]");
      }
      if (constraint.expression() == null || constraint.expression().isBlank()) {
        throw EcsErrors.client("memberOf expression should not be null or empty");
      }
      Query.parse(constraint.expression());
    }
  }

  private static void checkStorage(Draft draft) {
    if (draft.request().ephemeralStorage() == null) {
      return;
    }
    Integer size = draft.request().ephemeralStorage().sizeInGiB();
    if (size == null || size < STORAGE_GIB_MIN) {
      throw EcsErrors.client("EphemeralStorage size should be at least " + STORAGE_GIB_MIN);
    }
    if (size > STORAGE_GIB_MAX) {
      throw EcsErrors.client("EphemeralStorage size should be at most " + STORAGE_GIB_MAX);
    }
  }

  private static void checkProxy(ProxyConfiguration proxy, Draft draft) {
    if (!draft.awsvpc()) {
      throw EcsErrors.client("proxyConfiguration is only supported when networkMode=awsvpc.");
    }
    if (proxy.containerName() == null || draft.container(proxy.containerName()) == null) {
      throw EcsErrors.client(
          "The proxyConfiguration container "
              + proxy.containerName()
              + " is not a container in the task definition.");
    }
    for (KeyValuePair property : proxy.properties()) {
      if (property.name() == null || !PROXY_PROPERTIES.contains(property.name())) {
        throw EcsErrors.client("Invalid proxyConfiguration property '" + property.name() + "'.");
      }
    }
  }
}
