package dev.roadstead.agent.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One step in the making: the state so far and the effects so far. Lives for one call of
/// NodeCore.step and never leaves it.
final class Turn {
  private final NodeState before;
  private final Instant now;
  private NodeState state;
  private final List<Effect> effects = new ArrayList<>();
  private final SortedSet<String> touched = new TreeSet<>();

  Turn(NodeState state, Instant now) {
    this.before = state;
    this.state = state;
    this.now = now;
  }

  Instant now() {
    return now;
  }

  NodeState state() {
    return state;
  }

  void state(NodeState next) {
    state = next;
  }

  @Nullable TaskState find(String arn) {
    return state.find(arn);
  }

  void put(TaskState task) {
    touched.add(task.arn());
    state = state.put(task);
  }

  void drop(String arn) {
    touched.add(arn);
    state = state.drop(arn);
  }

  /// True when a task gave back its share of the host in this step.
  boolean freedShare() {
    for (String arn : touched) {
      TaskState old = before.find(arn);
      TaskState task = state.find(arn);
      if (old != null && old.holdsShare() && (task == null || !task.holdsShare())) {
        return true;
      }
    }
    return false;
  }

  void effect(Effect effect) {
    effects.add(effect);
  }

  void note(String text) {
    effects.add(new Effect.Note(text));
  }

  /// Saves of all that changed, then the effects in the order they were asked for. A task that is
  /// new or newly wanted stopped must be durable before anything is done about it.
  List<Effect> finish() {
    var all = new ArrayList<Effect>();
    for (String arn : touched) {
      TaskState old = before.find(arn);
      TaskState task = state.find(arn);
      if (task == null) {
        if (old != null) {
          all.add(new Effect.Forget(arn));
        }
      } else if (old == null || !saved(old).equals(saved(task))) {
        boolean durable = old == null || old.wantedStopped() != task.wantedStopped();
        all.add(new Effect.Save(saved(task), durable));
      }
    }
    if (state.timeline() != before.timeline()) {
      all.add(new Effect.SaveTimeline(state.timeline()));
    }
    all.addAll(effects);
    return all;
  }

  /// A task without what does not outlive the process.
  private static TaskState saved(TaskState task) {
    var containers = new ArrayList<ContainerState>();
    for (ContainerState container : task.containers()) {
      containers.add(
          ContainerStateBuilder.builder(container)
              .op(Op.IDLE)
              .recheck(false)
              .stopAttempts(0)
              .retryAt(null)
              .build());
    }
    return TaskStateBuilder.builder(task)
        .containers(containers)
        .preparing(false)
        .cleaning(false)
        .outstanding(null)
        .reportAt(null)
        .build();
  }
}
