package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.InstanceUsage;
import dev.roadstead.control.ecs.table.Reservation;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Whether a container instance can take one task: a set of broken rules as bits, empty when it
/// can. The check allocates nothing; {@link Reasons} puts a set into words.
///
/// Accounts as Amazon's agent does before it starts a task: what is reserved and what is asked may
/// not exceed what was registered, so an instance that holds more than it has takes not even a task
/// that asks for nothing. Source: the agent's host resource accounting.
final class Fit {
  static final int AGENT = 1;
  static final int CPU = 1 << 1;
  static final int MEMORY = 1 << 2;
  static final int GPU = 1 << 3;
  static final int PORTS = 1 << 4;
  static final int ATTRIBUTE = 1 << 5;
  static final int DISTINCT = 1 << 6;
  static final int MEMBER = 1 << 7;

  /// Carried by instances outside EC2. Source: ECS developer guide, "Amazon ECS Anywhere".
  static final String EXTERNAL_ATTRIBUTE = "ecs.capability.external";

  private Fit() {}

  /// What of the rules that placing tasks elsewhere cannot change is broken.
  static int fixed(Slot slot, Demand demand) {
    int broken = slot.instance.connected() ? 0 : AGENT;
    if (!portsFree(slot.instance, slot.usage, demand)) {
      broken |= PORTS;
    }
    if (missing(slot.instance::attribute, demand) != null) {
      broken |= ATTRIBUTE;
    }
    return broken;
  }

  /// What of CPU, memory and GPUs is lacking now.
  static int lacking(Slot slot, Reservation asked) {
    return (asked.cpuUnits() > slot.cpuFree ? CPU : 0)
        | (asked.memoryMib() > slot.memoryFree ? MEMORY : 0)
        | (asked.gpus() > slot.gpusFree && asked.gpus() > 0 ? GPU : 0);
  }

  /// The first attribute that is asked and that the instance lacks, or null when it has all.
  ///
  /// @param attributes of the instance, by name
  static @Nullable Attribute missing(
      Function<String, @Nullable Attribute> attributes, Demand demand) {
    if (demand.external() && attributes.apply(EXTERNAL_ATTRIBUTE) == null) {
      return new Attribute(EXTERNAL_ATTRIBUTE, null);
    }
    List<Attribute> requires = demand.requires();
    for (int i = 0; i < requires.size(); i++) {
      Attribute asked = requires.get(i);
      Attribute present = attributes.apply(asked.name());
      if (present == null || !agrees(asked, present)) {
        return asked;
      }
    }
    return null;
  }

  /// Values of the platform attributes are compared without regard to case: task definitions say
  /// `X86_64` and `LINUX` where agents say `x86_64` and `linux`.
  private static boolean agrees(Attribute asked, Attribute present) {
    String value = asked.value();
    if (value == null || value.isEmpty()) {
      return true;
    }
    return switch (asked.name()) {
      case "ecs.os-type", "ecs.os-family", "ecs.cpu-architecture" ->
          value.equalsIgnoreCase(present.value());
      default -> value.equals(present.value());
    };
  }

  static boolean portsFree(ContainerInstance instance, InstanceUsage usage, Demand demand) {
    Reservation asked = demand.reservation();
    return takenPort(asked.tcpPorts(), instance.tcpPorts(), usage.tcpPorts()) < 0
        && takenPort(asked.udpPorts(), instance.udpPorts(), usage.udpPorts()) < 0;
  }

  /// The first asked port that is registered as taken or in use; negative when all are free.
  static int takenPort(
      List<Integer> asked, List<Integer> registered, SortedMap<Integer, Integer> used) {
    for (int i = 0; i < asked.size(); i++) {
      Integer port = asked.get(i);
      if (registered.contains(port) || used.containsKey(port)) {
        return port;
      }
    }
    return -1;
  }
}
