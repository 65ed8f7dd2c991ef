package dev.roadstead.agent.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What of the core's saves a full disk has not taken: the newest of each task. It is written with
/// the next save that succeeds; else a restart would go on from before the disk was full, and run
/// again what has stopped since. As large as the node has tasks.
public final class Unsaved {
  private static final String TIMELINE = "timeline";

  private final SequencedMap<String, Effect> owed = new LinkedHashMap<>();

  /// The saves to make now: those that are owed, and those of these effects.
  public List<Effect> with(List<Effect> effects) {
    SequencedMap<String, Effect> all = new LinkedHashMap<>(owed);
    add(all, effects);
    return new ArrayList<>(all.sequencedValues());
  }

  /// Whether the disk must be synced although these effects do not ask for it.
  public boolean any() {
    return !owed.isEmpty();
  }

  /// The disk has taken everything.
  public void saved() {
    owed.clear();
  }

  /// The disk has not taken what these effects say, which is done nevertheless.
  public void failed(List<Effect> effects) {
    add(owed, effects);
  }

  private static void add(SequencedMap<String, Effect> to, List<Effect> effects) {
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Save save -> to.put(save.task().arn(), save);
        case Effect.Forget forget -> to.put(forget.taskArn(), forget);
        case Effect.SaveTimeline timeline -> to.put(TIMELINE, timeline);
        default -> {}
      }
    }
  }
}
