package dev.roadstead.control.ecs.task;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.ContainerSpec;
import dev.roadstead.control.ecs.table.Reservation;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.taskdefinition.Reservations;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.ResourceRequirement;
import software.amazon.awssdk.services.ecs.model.ResourceType;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/// What a caller changes of a task definition for one launch. Source: ECS API reference,
/// TaskOverride.
///
/// @param json the model's TaskOverride, as sent; empty when there is none
public record Overrides(TaskOverride sent, String json) {
  public static final Overrides NONE = new Overrides(TaskOverride.builder().build(), "");

  /// Source: ECS API reference, RunTask: "a total of 8192 characters are allowed for overrides".
  static final int JSON_MAX = 8192;

  /// Source: ECS API reference, ContainerOverride, memory: Docker takes no less.
  private static final int MEMORY_MIB_MIN = 6;

  /// Checks a request's overrides against the definition they are for. Refuses with
  /// InvalidParameterException.
  public static Overrides of(@Nullable TaskOverride sent, TaskDefinition definition) {
    if (sent == null) {
      return NONE;
    }
    String json = new String(JsonShapes.write(sent), StandardCharsets.UTF_8);
    if (json.length() > JSON_MAX) {
      throw EcsErrors.invalidParameter(
          "Overrides length must be at most " + JSON_MAX + " characters.");
    }
    if (json.equals("{}")) {
      return NONE;
    }
    if (!sent.inferenceAcceleratorOverrides().isEmpty()) {
      throw EcsErrors.invalidParameter("Unsupported field 'inferenceAcceleratorOverrides'");
    }
    for (ContainerOverride container : sent.containerOverrides()) {
      check(container, definition);
    }
    return new Overrides(sent, json);
  }

  /// Those that a task was launched with.
  static Overrides of(Task task) {
    if (task.overrides().isEmpty()) {
      return NONE;
    }
    TaskOverride.Builder sent = TaskOverride.builder();
    JsonShapes.fill(task.overrides().getBytes(StandardCharsets.UTF_8), sent);
    return new Overrides(sent.build(), task.overrides());
  }

  /// What one task with these overrides takes of its instance. Refuses a task size that is no size.
  Reservation reservation(TaskDefinition definition) {
    return Reservations.reservationOf(definition, sent);
  }

  int cpuUnits(ContainerSpec spec) {
    ContainerOverride own = of(spec);
    return own != null && own.cpu() != null ? own.cpu() : spec.cpuUnits();
  }

  int gpus(ContainerSpec spec) {
    return Reservations.gpus(spec, of(spec));
  }

  @Nullable Integer memoryMib(ContainerSpec spec) {
    ContainerOverride own = of(spec);
    return own != null && own.memory() != null ? own.memory() : spec.memoryMib();
  }

  @Nullable Integer memoryReservationMib(ContainerSpec spec) {
    ContainerOverride own = of(spec);
    return own != null && own.memoryReservation() != null
        ? own.memoryReservation()
        : spec.memoryReservationMib();
  }

  private @Nullable ContainerOverride of(ContainerSpec spec) {
    for (ContainerOverride container : sent.containerOverrides()) {
      if (spec.name().equals(container.name())) {
        return container;
      }
    }
    return null;
  }

  private static void check(ContainerOverride container, TaskDefinition definition) {
    String name = container.name();
    if (name == null) {
      throw EcsErrors.invalidParameter("Container name is required in container overrides.");
    }
    if (definition.containers().stream().noneMatch(spec -> spec.name().equals(name))) {
      throw EcsErrors.invalidParameter(
          "Override for container named " + name + " is not a container in the TaskDefinition.");
    }
    if (container.cpu() != null && container.cpu() < 0) {
      throw EcsErrors.invalidParameter("Invalid 'cpu' setting for container '" + name + "'.");
    }
    if (tooSmall(container.memory()) || tooSmall(container.memoryReservation())) {
      throw EcsErrors.invalidParameter("Invalid 'memory' setting for container '" + name + "'.");
    }
    for (ResourceRequirement one : container.resourceRequirements()) {
      check(one, name);
    }
  }

  private static void check(ResourceRequirement one, String container) {
    if (one.type() == ResourceType.INFERENCE_ACCELERATOR) {
      throw EcsErrors.invalidParameter("Unsupported resource type 'InferenceAccelerator'");
    }
    if (one.type() == null || one.type() == ResourceType.UNKNOWN_TO_SDK_VERSION) {
      throw EcsErrors.invalidParameter(
          "Invalid 'resourceRequirements.type' setting for container '" + container + "'.");
    }
    boolean counted = one.type() != ResourceType.GPU || Reservations.gpus(one) != null;
    if (one.value() == null || one.value().isEmpty() || !counted) {
      throw EcsErrors.invalidParameter(
          "Invalid 'resourceRequirements.value' setting for container '" + container + "'.");
    }
  }

  private static boolean tooSmall(@Nullable Integer memoryMib) {
    return memoryMib != null && memoryMib < MEMORY_MIB_MIN;
  }
}
