package dev.roadstead.control.ecs.taskdefinition;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.ContainerSpec;
import dev.roadstead.control.ecs.table.Reservation;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.taskdefinition.rule.Sizes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.ResourceRequirement;
import software.amazon.awssdk.services.ecs.model.ResourceType;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/// What a task of a definition takes of its container instance. The same sums as the agent's
/// ledger: the task's size where it is given, else the sum over containers, where a soft memory
/// limit counts before a hard one; host ports that are fixed, none in `awsvpc` or `none`.
/// Source: aws/amazon-ecs-agent, `agent/engine/host_resource_manager.go`, `agent/api/task`.
public final class Reservations {
  private static final TaskOverride NO_OVERRIDE = TaskOverride.builder().build();

  /// No machine has 10,000 GPUs.
  private static final Pattern GPUS = Pattern.compile("[1-9][0-9]{0,3}");

  private Reservations() {}

  /// The reservation of a task without overrides.
  public static Reservation reservationOf(TaskDefinition definition) {
    return reservationOf(definition, NO_OVERRIDE);
  }

  /// The reservation of a task with overrides, which count before what the definition says. Refuses
  /// a task size that is no size with InvalidParameterException.
  public static Reservation reservationOf(TaskDefinition definition, TaskOverride override) {
    Integer cpu = size(override.cpu(), definition.cpuUnits(), true);
    Integer memory = size(override.memory(), definition.memoryMib(), false);
    Map<String, ContainerOverride> overrides = new LinkedHashMap<>();
    for (ContainerOverride one : override.containerOverrides()) {
      if (one.name() != null) {
        overrides.put(one.name(), one);
      }
    }
    long cpuSum = 0;
    long memorySum = 0;
    int gpus = 0;
    for (ContainerSpec container : definition.containers()) {
      ContainerOverride own = overrides.get(container.name());
      cpuSum += own != null && own.cpu() != null ? own.cpu() : container.cpuUnits();
      memorySum += memoryOf(container, own);
      gpus += gpus(container, own);
    }
    List<Integer> tcp = new ArrayList<>();
    List<Integer> udp = new ArrayList<>();
    if (hasHostPorts(definition.networkMode())) {
      addPorts(definition, tcp, udp);
    }
    return new Reservation(
        cpu != null ? cpu : bounded(cpuSum),
        memory != null ? memory : bounded(memorySum),
        tcp,
        udp,
        gpus);
  }

  private static @Nullable Integer size(@Nullable String sent, @Nullable Integer own, boolean cpu) {
    if (sent == null || sent.isEmpty()) {
      return own;
    }
    Integer value = cpu ? Sizes.cpuUnits(sent) : Sizes.memoryMib(sent);
    if (value == null) {
      throw EcsErrors.invalidParameter(
          "Invalid '" + (cpu ? "cpu" : "memory") + "' setting for task.");
    }
    return value;
  }

  private static int memoryOf(ContainerSpec container, @Nullable ContainerOverride own) {
    Integer soft = container.memoryReservationMib();
    Integer hard = container.memoryMib();
    if (own != null) {
      soft = own.memoryReservation() != null ? own.memoryReservation() : soft;
      hard = own.memory() != null ? own.memory() : hard;
    }
    return soft != null ? soft : hard != null ? hard : 0;
  }

  /// How many GPUs a container needs, given what the caller overrides of it.
  public static int gpus(ContainerSpec container, @Nullable ContainerOverride own) {
    if (own != null) {
      for (ResourceRequirement one : own.resourceRequirements()) {
        Integer gpus = gpus(one);
        if (gpus != null) {
          return gpus;
        }
      }
    }
    return container.gpus();
  }

  /// How many GPUs a requirement asks for; null when it is for something else, or no count.
  public static @Nullable Integer gpus(ResourceRequirement one) {
    String value = one.value();
    return one.type() == ResourceType.GPU && value != null && GPUS.matcher(value).matches()
        ? Integer.valueOf(value)
        : null;
  }

  private static boolean hasHostPorts(@Nullable String networkMode) {
    return networkMode == null || networkMode.equals("bridge") || networkMode.equals("host");
  }

  private static void addPorts(TaskDefinition definition, List<Integer> tcp, List<Integer> udp) {
    for (ContainerSpec container : definition.containers()) {
      for (ContainerSpec.Port port : container.ports()) {
        if (port.hostPort() != 0) {
          (port.udp() ? udp : tcp).add(port.hostPort());
        }
      }
    }
  }

  private static int bounded(long sum) {
    return Math.clamp(sum, 0, Integer.MAX_VALUE);
  }
}
