package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.ContainerInstance;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// What placement yields. Why a task fits nowhere is worked out when it is asked for.
public final class Choice {
  private final List<ContainerInstance> chosen;
  private final List<List<String>> gpuIds;
  private final @Nullable Scan missed;

  /// @param missed the cluster after what was chosen, when fewer were placed than asked
  Choice(List<ContainerInstance> chosen, List<List<String>> gpuIds, @Nullable Scan missed) {
    this.chosen = List.copyOf(chosen);
    this.gpuIds = List.copyOf(gpuIds);
    this.missed = missed;
  }

  /// An instance for each task that could be placed, in order.
  public List<ContainerInstance> chosen() {
    return chosen;
  }

  /// The GPUs for each of those tasks, by id.
  public List<List<String>> gpuIds() {
    return gpuIds;
  }

  /// When fewer were placed than asked: why each examined instance could not take the next one.
  /// Empty when all were placed, or when the cluster has no instance.
  public List<Veto> vetoes() {
    return missed == null ? List.of() : missed.vetoes();
  }

  /// When fewer were placed than asked: each reason with how many instances it struck and the
  /// nearest miss, in a fixed order of reasons. Empty like {@link #vetoes}.
  public List<Shortfall> shortfalls() {
    return missed == null ? List.of() : missed.shortfalls();
  }

  /// What follows `(service NAME) ` in the event of a service, when fewer were placed than asked.
  public String event() {
    return Veto.event(missed == null ? null : missed.closest());
  }

  /// Of every reason in words: how many instances it struck, and the nearest miss with its numbers.
  /// Empty when there is nothing of the kind.
  public String numbers() {
    List<Shortfall> all = shortfalls();
    if (all.isEmpty()) {
      return "";
    }
    StringJoiner text = new StringJoiner("; ", "Of " + examined() + " instances: ", ".");
    for (Shortfall one : all) {
      text.add(
          one.count()
              + " "
              + one.cause().reason().replaceFirst("\\.$", "")
              + " (nearest "
              + one.instance().id()
              + " "
              + one.detail()
              + ")");
    }
    return text.toString();
  }

  private int examined() {
    return missed == null ? 0 : missed.examined();
  }
}
