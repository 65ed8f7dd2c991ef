package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.ContainerInstance;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a container instance cannot take a task.
///
/// @param reason as in `failures[].reason`: `RESOURCE:CPU`, `RESOURCE:MEMORY`, `RESOURCE:PORTS`,
///     `RESOURCE:GPU`, `AGENT`, `ATTRIBUTE`, or a text for constraints. Source: ECS developer
///     guide, "API failure reasons"
/// @param detail what lacked how much, for `failures[].detail`
/// @param distance how far the instance is from taking the task; only for comparing
public record Veto(ContainerInstance instance, String reason, String detail, long distance) {
  public static final String AGENT = "AGENT";
  public static final String ATTRIBUTE = "ATTRIBUTE";
  public static final String CPU = "RESOURCE:CPU";
  public static final String MEMORY = "RESOURCE:MEMORY";
  public static final String GPU = "RESOURCE:GPU";
  public static final String PORTS = "RESOURCE:PORTS";

  private static final String SEE_GUIDE =
      " For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.";

  /// The nearest miss, or null when there is none. Among equals the smallest instance id.
  public static @Nullable Veto closest(List<Veto> vetoes) {
    return vetoes.stream()
        .min(Comparator.comparingLong(Veto::distance).thenComparing(veto -> veto.instance().id()))
        .orElse(null);
  }

  /// What follows `(service NAME) ` in the event of a service whose task could not be placed.
  /// Source: ECS developer guide, "Amazon ECS service event messages".
  ///
  /// @param vetoes of all examined instances; empty when there was none
  public static String event(List<Veto> vetoes) {
    return event(closest(vetoes));
  }

  static String event(@Nullable Veto closest) {
    return "was unable to place a task because no container instance met all of its requirements. "
        + (closest == null
            ? "Reason: No Container Instances were found in your cluster."
            : "The closest matching container-instance "
                + closest.instance().id()
                + " "
                + closest.text()
                + ".")
        + SEE_GUIDE;
  }

  /// The veto as service events say it, without the full stop.
  public String text() {
    return switch (reason) {
      case CPU -> "has insufficient CPU units available";
      case MEMORY -> "has insufficient memory available";
      case GPU -> "has insufficient GPU resource available";
      case PORTS -> "is already using a port required by your task";
      case ATTRIBUTE -> "is missing an attribute required by your task";
      default -> "encountered error \"" + reason + "\"";
    };
  }
}
