package dev.roadstead.agent.core;

import dev.roadstead.link.task.Container;
import dev.roadstead.link.task.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// In which order containers start and stop. A link counts as a START dependency. A source of
/// volumes must exist, no more.
final class Order {
  private Order() {}

  /// What must hold of another container first.
  record Edge(String container, Condition condition) {}

  enum Condition {
    CREATE,
    START,
    COMPLETE,
    SUCCESS,
    HEALTHY
  }

  /// Whether a container may start.
  sealed interface Verdict {
    record Go() implements Verdict {}

    /// Not yet.
    ///
    /// @param until when waiting ends in failure; null when it never does
    record Wait(@Nullable Instant until) implements Verdict {}

    record Never(String why) implements Verdict {}
  }

  static List<Edge> edges(Container container) {
    var edges = new ArrayList<Edge>();
    for (Container.Dependency dependency : container.dependsOn()) {
      edges.add(new Edge(dependency.containerName(), condition(dependency.condition())));
    }
    for (String link : container.links()) {
      int colon = link.indexOf(':');
      edges.add(new Edge(colon < 0 ? link : link.substring(0, colon), Condition.START));
    }
    for (Container.VolumeFrom from : container.volumesFrom()) {
      edges.add(new Edge(from.sourceContainer(), Condition.CREATE));
    }
    return edges;
  }

  private static Condition condition(String text) {
    return switch (text) {
      case "COMPLETE" -> Condition.COMPLETE;
      case "SUCCESS" -> Condition.SUCCESS;
      case "HEALTHY" -> Condition.HEALTHY;
      default -> Condition.START;
    };
  }

  /// True when no order satisfies all edges. All edges must name containers of the task.
  static boolean cyclic(Task task) {
    var done = new TreeSet<String>();
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Container container : task.containers()) {
        boolean free = edges(container).stream().allMatch(edge -> done.contains(edge.container()));
        progress |= free && done.add(container.name());
      }
    }
    return done.size() < task.containers().size();
  }

  /// Whether a container may start now.
  static Verdict mayStart(TaskState task, String name, Instant now) {
    Instant until = null;
    boolean waits = false;
    for (Edge edge : edges(task.definition(name))) {
      ContainerState other = task.container(edge.container());
      Verdict verdict = verdict(task, edge, other, now);
      switch (verdict) {
        case Verdict.Never _ -> {
          return verdict;
        }
        case Verdict.Wait wait -> {
          waits = true;
          Instant end = wait.until();
          until = until == null || (end != null && end.isBefore(until)) ? end : until;
        }
        case Verdict.Go _ -> {}
      }
    }
    return waits ? new Verdict.Wait(until) : new Verdict.Go();
  }

  private static Verdict verdict(TaskState task, Edge edge, ContainerState other, Instant now) {
    String named = "dependency on container " + other.name() + " (" + edge.condition() + ")";
    if (other.stopped()) {
      boolean past =
          switch (edge.condition()) {
            case CREATE -> other.dockerId() != null;
            case START -> other.ran();
            case COMPLETE -> other.ran() && other.exitCode() != null;
            case SUCCESS -> other.ran() && Integer.valueOf(0).equals(other.exitCode());
            case HEALTHY -> false;
          };
      return past
          ? new Verdict.Go()
          : new Verdict.Never(named + " cannot be met: it stopped" + exit(other));
    }
    boolean running = other.known() == Status.RUNNING;
    boolean met =
        switch (edge.condition()) {
          case CREATE -> other.known().atLeast(Status.CREATED);
          case START -> running;
          case HEALTHY -> running && other.health() == Health.HEALTHY;
          case COMPLETE, SUCCESS -> false;
        };
    if (met) {
      return new Verdict.Go();
    }
    Integer timeout = task.definition(other.name()).startTimeout();
    Instant startedAt = other.startedAt();
    boolean bounded =
        switch (edge.condition()) {
          case CREATE, START -> false;
          case COMPLETE, SUCCESS, HEALTHY -> true;
        };
    if (!bounded || timeout == null || startedAt == null) {
      return new Verdict.Wait(null);
    }
    Instant until = startedAt.plusSeconds(timeout);
    return now.isBefore(until)
        ? new Verdict.Wait(until)
        : new Verdict.Never(named + " was not met within " + timeout + " s of its start");
  }

  private static String exit(ContainerState container) {
    return container.exitCode() == null ? "" : " with exit code " + container.exitCode();
  }

  /// True when nothing that depends on a container is still there.
  static boolean mayStop(TaskState task, String name) {
    for (Container other : task.definition().containers()) {
      boolean depends = edges(other).stream().anyMatch(edge -> edge.container().equals(name));
      if (depends && !task.container(other.name()).stopped()) {
        return false;
      }
    }
    return true;
  }
}
