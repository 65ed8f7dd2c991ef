package dev.roadstead.agent.core;

import dev.roadstead.link.acs.AckRequest;
import dev.roadstead.link.acs.TaskIdentifier;
import dev.roadstead.link.acs.TaskManifestMessage;
import dev.roadstead.link.acs.TaskStopVerificationAck;
import dev.roadstead.link.acs.TaskStopVerificationMessage;
import dev.roadstead.link.task.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// The node's one decision function.
public final class NodeCore {
  private NodeCore() {}

  /// The state afterwards and what the shell must do.
  public record Step(NodeState state, List<Effect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }
  }

  /// The state after a start of the process, from what was saved.
  public static NodeState restore(NodeSettings settings, List<TaskState> saved, long timeline) {
    var tasks = new TreeMap<String, TaskState>();
    long arrivals = 0;
    for (TaskState task : saved) {
      tasks.put(task.arn(), task);
      arrivals = Math.max(arrivals, task.order());
    }
    return NodeStateBuilder.builder(NodeState.empty(settings))
        .tasks(tasks)
        .arrivals(arrivals)
        .timeline(timeline)
        .build();
  }

  public static Step step(NodeState state, Instant now, Event event) {
    var turn = new Turn(state, now);
    switch (event) {
      case Event.Payload payload -> Acceptance.accept(turn, payload);
      case Event.Manifest manifest -> manifest(turn, manifest.message());
      case Event.StopVerified verified -> stopVerified(turn, verified.message());
      case Event.Prepared e -> Observation.prepared(turn, e);
      case Event.Pulled e -> Observation.pulled(turn, e);
      case Event.Created e -> Observation.created(turn, e);
      case Event.Launched e -> Observation.launched(turn, e);
      case Event.Started e -> Observation.started(turn, e);
      case Event.Stopped e -> Observation.stopEnded(turn, e);
      case Event.Seen e -> Observation.seen(turn, e);
      case Event.Resynced e -> Resync.apply(turn, e);
      case Event.Reported e -> Reports.accepted(turn, e.report());
      case Event.Woke e -> woke(turn, e.taskArn());
      case Event.Removed e -> Cleanup.removed(turn, e);
      case Event.Broken e -> Observation.broken(turn, e);
      case Event.SaveFailed e -> Acceptance.refuse(turn, e);
    }
    if (turn.freedShare()) {
      Admission.retryWaiting(turn);
    }
    return new Step(turn.state(), turn.finish());
  }

  private static void woke(Turn turn, String arn) {
    Progress.advance(turn, arn);
    Cleanup.consider(turn, arn);
  }

  private static void manifest(Turn turn, TaskManifestMessage message) {
    Long timeline = message.timeline();
    String id = message.messageId();
    if (timeline == null || id == null || timeline <= turn.state().timeline()) {
      turn.note("manifest " + id + " with timeline " + timeline + " is out of date");
      return;
    }
    turn.state(turn.state().withTimeline(timeline).withManifestId(null));
    turn.effect(
        new Effect.SendAcs(
            new AckRequest(message.clusterArn(), message.containerInstanceArn(), id)));
    var wanted = new TreeSet<String>();
    for (TaskIdentifier task : message.tasks()) {
      if (Task.RUNNING.equals(task.desiredStatus())) {
        wanted.add(task.taskArn());
      }
    }
    var candidates = new ArrayList<TaskIdentifier>();
    for (TaskState task : turn.state().tasks().values()) {
      if (!task.wantedStopped() && !task.stopped() && !wanted.contains(task.arn())) {
        candidates.add(
            new TaskIdentifier(task.arn(), task.definition().taskClusterArn(), Task.STOPPED));
      }
    }
    if (!candidates.isEmpty()) {
      turn.state(turn.state().withManifestId(id));
      turn.effect(new Effect.SendAcs(new TaskStopVerificationMessage(id, candidates)));
    }
  }

  /// Stops what the control plane confirms, once per manifest.
  private static void stopVerified(Turn turn, TaskStopVerificationAck message) {
    String id = message.messageId();
    if (id == null || !id.equals(turn.state().manifestId())) {
      return;
    }
    turn.state(turn.state().withManifestId(null));
    for (TaskIdentifier stop : message.stopTasks()) {
      TaskState task = turn.find(stop.taskArn());
      if (task != null && !task.wantedStopped()) {
        turn.put(task.withWantedStopped(true));
        Progress.advance(turn, task.arn());
      }
    }
  }
}
