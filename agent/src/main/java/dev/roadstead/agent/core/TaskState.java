package dev.roadstead.agent.core;

import dev.roadstead.base.Bug;
import dev.roadstead.link.api.SubmitTaskStateChangeRequest;
import dev.roadstead.link.task.Container;
import dev.roadstead.link.task.Task;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the agent knows of one task. Containers stand in the order of the definition.
///
/// @param definition as the control plane sent it, without keys
/// @param order arrival: who waits longest for room is asked first
/// @param wantedStopped somebody wants it stopped, or an essential container has stopped
/// @param reason why the task as a whole stopped; null in ordinary stops
/// @param admitted it holds its share of the host; kept until it is STOPPED
/// @param ready volumes and control groups exist
/// @param preparing they are being made
/// @param reported the highest status the control plane has accepted
/// @param outstanding the report under way; null when none is. Not kept over a restart
/// @param reportAt when waiting container changes travel by themselves; null when none wait
/// @param stoppedAt when the last container stopped
/// @param cleaning its remains are being removed
@RecordBuilder
public record TaskState(
    Task definition,
    Demand demand,
    long order,
    boolean wantedStopped,
    @Nullable String reason,
    boolean admitted,
    boolean ready,
    boolean preparing,
    List<ContainerState> containers,
    TaskStatus reported,
    @Nullable SubmitTaskStateChangeRequest outstanding,
    @Nullable Instant reportAt,
    @Nullable Instant pullStartedAt,
    @Nullable Instant pullStoppedAt,
    @Nullable Instant executionStoppedAt,
    @Nullable Instant stoppedAt,
    boolean cleaning)
    implements TaskStateBuilder.With {

  public TaskState {
    containers = containers == null ? List.of() : List.copyOf(containers);
  }

  public static TaskState fresh(Task definition, long order, List<ContainerState> containers) {
    return TaskStateBuilder.builder()
        .definition(definition)
        .demand(Demand.of(definition))
        .order(order)
        .containers(containers)
        .reported(TaskStatus.NONE)
        .build();
  }

  public String arn() {
    return definition.arn();
  }

  /// The last element of the ARN.
  public String id() {
    return arn().substring(arn().lastIndexOf('/') + 1);
  }

  public @Nullable ContainerState find(String name) {
    for (ContainerState container : containers) {
      if (container.name().equals(name)) {
        return container;
      }
    }
    return null;
  }

  public ContainerState container(String name) {
    ContainerState found = find(name);
    if (found == null) {
      throw new Bug("no container " + name + " in " + arn());
    }
    return found;
  }

  /// The definition of a container of this task.
  public Container definition(String name) {
    for (Container container : definition.containers()) {
      if (container.name().equals(name)) {
        return container;
      }
    }
    throw new Bug("no definition of container " + name + " in " + arn());
  }

  public TaskState with(ContainerState container) {
    var next = new ArrayList<ContainerState>(containers.size());
    for (ContainerState old : containers) {
      next.add(old.name().equals(container.name()) ? container : old);
    }
    return withContainers(next);
  }

  /// The minimum over the containers; a stopped one counts as highest. Without any: STOPPED.
  public TaskStatus status() {
    boolean allStopped = true;
    for (ContainerState container : containers) {
      if (!container.known().atLeast(Status.RUNNING)) {
        return TaskStatus.PENDING;
      }
      allStopped &= container.stopped();
    }
    return allStopped ? TaskStatus.STOPPED : TaskStatus.RUNNING;
  }

  public boolean stopped() {
    return status() == TaskStatus.STOPPED;
  }

  /// True when the task holds a share of the host.
  public boolean holdsShare() {
    return admitted && !stopped();
  }
}
