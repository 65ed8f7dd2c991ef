package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.Reservation;
import java.util.ArrayList;
import java.util.List;

/// Puts broken rules into words: AWS's reason for the first, and in the detail every one with what
/// was needed and what is free.
final class Reasons {
  static final String MEMBER_OF = "MemberOf placement constraint unsatisfied.";
  static final String DISTINCT_INSTANCE = "DistinctInstance placement constraint unsatisfied.";

  private static final long PER_RULE = 1_000_000;
  private static final long UNREACHABLE = 1000 * PER_RULE;

  private Reasons() {}

  /// @param broken at least one rule of {@link Fit}
  static Veto veto(Slot slot, Demand demand, int broken) {
    return new Veto(
        slot.instance,
        reason(broken),
        String.join("; ", details(slot, demand, broken)),
        distance(slot, demand.reservation(), broken));
  }

  /// @param broken at least one rule of {@link Fit}; the first counts
  static String reason(int broken) {
    return switch (Integer.lowestOneBit(broken)) {
      case Fit.AGENT -> Veto.AGENT;
      case Fit.CPU -> Veto.CPU;
      case Fit.MEMORY -> Veto.MEMORY;
      case Fit.GPU -> Veto.GPU;
      case Fit.PORTS -> Veto.PORTS;
      case Fit.ATTRIBUTE -> Veto.ATTRIBUTE;
      case Fit.DISTINCT -> DISTINCT_INSTANCE;
      default -> MEMBER_OF;
    };
  }

  /// One broken rule in words.
  static String detail(Slot slot, Demand demand, int rule) {
    return details(slot, demand, rule).getFirst();
  }

  private static List<String> details(Slot slot, Demand demand, int broken) {
    ContainerInstance instance = slot.instance;
    Reservation asked = demand.reservation();
    List<String> details = new ArrayList<>();
    if ((broken & Fit.AGENT) != 0) {
      details.add("the agent is not connected");
    }
    if ((broken & Fit.CPU) != 0) {
      details.add(lack(asked.cpuUnits(), "CPU units", slot.cpuFree, instance.cpuUnits()));
    }
    if ((broken & Fit.MEMORY) != 0) {
      details.add(lack(asked.memoryMib(), "MiB of memory", slot.memoryFree, instance.memoryMib()));
    }
    if ((broken & Fit.GPU) != 0) {
      details.add(lack(asked.gpus(), "GPUs", slot.gpusFree, instance.gpuIds().size()));
    }
    if ((broken & Fit.PORTS) != 0) {
      details.add(port(slot, asked));
    }
    if ((broken & (Fit.CPU | Fit.MEMORY | Fit.GPU)) != 0 && !slot.keptFor.isEmpty()) {
      details.add("room is kept there for " + slot.keptFor);
    }
    if ((broken & Fit.ATTRIBUTE) != 0) {
      details.add(attribute(instance, demand));
    }
    if ((broken & Fit.DISTINCT) != 0) {
      details.add("already has a task of group " + demand.group());
    }
    if ((broken & Fit.MEMBER) != 0) {
      details.add(
          demand.constraints().stream()
              .filter(Constraint.MemberOf.class::isInstance)
              .map(rule -> ((Constraint.MemberOf) rule).expression())
              .reduce((a, b) -> "(" + a + ") and (" + b + ")")
              .map(expression -> "does not match " + expression)
              .orElse(MEMBER_OF));
    }
    return details;
  }

  private static String lack(int needed, String unit, int free, int registered) {
    return "needs "
        + needed
        + " "
        + unit
        + ", "
        + Math.max(0, free)
        + " of "
        + registered
        + " are free";
  }

  private static String port(Slot slot, Reservation asked) {
    int tcp = Fit.takenPort(asked.tcpPorts(), slot.instance.tcpPorts(), slot.usage.tcpPorts());
    if (tcp >= 0) {
      return "needs host port " + tcp + "/tcp, which is in use";
    }
    int udp = Fit.takenPort(asked.udpPorts(), slot.instance.udpPorts(), slot.usage.udpPorts());
    if (udp >= 0) {
      return "needs host port " + udp + "/udp, which is in use";
    }
    if (!slot.keptFor.isEmpty() && slot.placed == 0) {
      return "needs a host port that is kept there for " + slot.keptFor;
    }
    boolean isTcp = !asked.tcpPorts().isEmpty();
    return "needs host port "
        + (isTcp ? asked.tcpPorts() : asked.udpPorts()).getFirst()
        + (isTcp ? "/tcp" : "/udp")
        + ", which an earlier task of this request took";
  }

  private static String attribute(ContainerInstance instance, Demand demand) {
    Attribute missing = Fit.missing(instance::attribute, demand);
    if (missing == null) {
      return "an attribute is missing";
    }
    Attribute present = instance.attribute(missing.name());
    if (present == null) {
      return "needs attribute " + missing.name() + valued(missing) + ", which it lacks";
    }
    return "needs attribute " + missing.name() + valued(missing) + ", has" + valued(present);
  }

  private static String valued(Attribute attribute) {
    return attribute.value() == null ? "" : " = " + attribute.value();
  }

  /// How far the instance is from taking the task: each broken rule weighs more than any shortage,
  /// shortages count as parts per million of what was asked, and without an agent all else is moot.
  static long distance(Slot slot, Reservation asked, int broken) {
    long distance = 3 * PER_RULE * Integer.bitCount(broken);
    if ((broken & Fit.AGENT) != 0) {
      distance += UNREACHABLE;
    }
    if ((broken & Fit.CPU) != 0) {
      distance += shortage(asked.cpuUnits(), slot.cpuFree);
    }
    if ((broken & Fit.MEMORY) != 0) {
      distance += shortage(asked.memoryMib(), slot.memoryFree);
    }
    return distance;
  }

  private static long shortage(int asked, int free) {
    return PER_RULE * (asked - Math.clamp(free, 0, asked)) / Math.max(1, asked);
  }
}
