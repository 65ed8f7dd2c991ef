package dev.roadstead.agent.core;

import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Compares the saved picture with all containers the engine has: after a start of the agent, after
/// the engine was away, and now and then in between.
final class Resync {
  private static final String ENGINE_AWAY =
      "ContainerRuntimeStoppedError: Container exited while the container engine was away";

  private Resync() {}

  static void apply(Turn turn, Event.Resynced event) {
    boolean first = !turn.state().synced();
    turn.state(turn.state().withSynced(true));
    var orphans = new ArrayList<NodeState.Orphan>();
    for (Event.Found found : event.found()) {
      TaskState task = turn.find(found.taskArn());
      if (task == null && found.sighting().condition() != Sighting.Condition.MISSING) {
        orphans.add(
            new NodeState.Orphan(
                found.taskArn(), found.container(), found.dockerName(), found.sighting()));
      }
    }
    turn.state(turn.state().withOrphans(orphans));
    @Nullable String excuse = event.engineWasAway() ? ENGINE_AWAY : null;
    for (String arn : new ArrayList<>(turn.state().tasks().keySet())) {
      TaskState task = turn.find(arn);
      if (task == null) {
        continue;
      }
      for (ContainerState container : task.containers()) {
        Sighting sighting = find(event, arn, container);
        if (container.stopped() && sighting != null) {
          Observation.revived(turn, task, container, sighting);
        } else if (!container.stopped() && container.idle()) {
          task = task.with(one(turn, task, container, sighting, excuse));
        }
      }
      turn.put(first ? task.withOutstanding(null) : task);
      Progress.advance(turn, arn);
    }
  }

  private static ContainerState one(
      Turn turn,
      TaskState task,
      ContainerState container,
      @Nullable Sighting sighting,
      @Nullable String excuse) {
    if (sighting == null) {
      return container; // It may have been made after the look; what is gone is told as MISSING.
    }
    if (sighting.condition() == Sighting.Condition.MISSING) {
      return Observation.apply(turn, task, container, sighting, excuse);
    }
    if (container.known().atLeast(Status.RUNNING)) {
      return Observation.apply(turn, task, container, sighting, excuse);
    }
    ContainerState matched = match(container, sighting, turn.now());
    matched =
        matched.withBindings(
            PortRanges.grouped(matched.bindings(), task.definition(container.name())));
    return sighting.condition() == Sighting.Condition.EXITED
        ? Observation.apply(turn, task, matched, sighting, excuse)
        : matched;
  }

  /// A container that was found under its name or labels, taken for ours. An exit is left to
  /// Observation when the task is known, as its restart policy matters then.
  static ContainerState match(ContainerState container, Sighting sighting, Instant now) {
    var next =
        ContainerStateBuilder.builder(container)
            .dockerId(sighting.dockerId())
            .bindings(sighting.bindings());
    return switch (sighting.condition()) {
      case CREATED -> next.known(Status.CREATED).build();
      case RUNNING ->
          next.known(Status.RUNNING)
              .ran(true)
              .health(sighting.health())
              .startedAt(sighting.startedAt())
              .build();
      case EXITED -> next.known(Status.RUNNING).ran(true).startedAt(sighting.startedAt()).build();
      case MISSING -> container.stop("ContainerVanishedError: it is gone", now);
    };
  }

  private static @Nullable Sighting find(
      Event.Resynced event, String arn, ContainerState container) {
    @Nullable Sighting byLabel = null;
    for (Event.Found found : event.found()) {
      if (found.taskArn().equals(arn) && found.container().equals(container.name())) {
        if (found.sighting().dockerId().equals(container.dockerId())
            || found.dockerName().equals(container.dockerName())) {
          return found.sighting();
        }
        byLabel = container.dockerId() == null ? found.sighting() : byLabel;
      }
    }
    return byLabel;
  }
}
