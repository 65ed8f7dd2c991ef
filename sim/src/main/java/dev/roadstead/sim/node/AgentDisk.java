package dev.roadstead.sim.node;

import dev.roadstead.agent.core.Effect;
import dev.roadstead.agent.core.TaskState;
import dev.roadstead.link.codec.Json;
import dev.roadstead.sim.time.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an agent remembers over restarts: lines in the order they were written, of which a crash
/// leaves those that were synced and a beginning of the rest. Tasks are kept as the agent writes
/// them.
final class AgentDisk {
  private Memory synced = new Memory(new TreeMap<>(), 0, null);
  private final List<Line> lines = new ArrayList<>();
  private boolean full;

  /// All that is remembered; tasks as JSON, by ARN.
  private record Memory(
      TreeMap<String, byte[]> tasks, long timeline, @Nullable String instanceArn) {}

  private interface Line {
    Memory on(Memory before);
  }

  void full(boolean isFull) {
    full = isFull;
  }

  /// Writes what the effects say; false when the disk takes nothing.
  ///
  /// @param owed whether some of it is late
  boolean save(List<Effect> effects, boolean owed) {
    boolean sync = owed;
    boolean any = false;
    for (Effect effect : effects) {
      any |=
          effect instanceof Effect.Save
              || effect instanceof Effect.Forget
              || effect instanceof Effect.SaveTimeline;
      sync |= effect instanceof Effect.Save save && save.durable();
    }
    if (full && any) {
      return false;
    }
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Save save -> put(save.task());
        case Effect.Forget forget -> lines.add(before -> without(before, forget.taskArn()));
        case Effect.SaveTimeline timeline ->
            lines.add(
                before -> new Memory(before.tasks(), timeline.timeline(), before.instanceArn()));
        default -> {}
      }
    }
    if (sync) {
      sync();
    }
    return true;
  }

  private void put(TaskState task) {
    byte[] json = Json.write(task);
    lines.add(
        before -> {
          before.tasks().put(task.arn(), json);
          return before;
        });
  }

  private static Memory without(Memory before, String arn) {
    before.tasks().remove(arn);
    return before;
  }

  void saveInstance(String arn) {
    lines.add(before -> new Memory(before.tasks(), before.timeline(), arn));
    sync();
  }

  private void sync() {
    lose(lines.size());
  }

  /// The agent ends, or the machine: the process alone loses nothing.
  void crash(boolean power, Chance chance) {
    lose(power ? chance.below(lines.size() + 1) : lines.size());
  }

  private void lose(int kept) {
    for (int i = 0; i < kept; i++) {
      synced = lines.get(i).on(synced);
    }
    lines.clear();
  }

  /// Who the agent is; null before its first registration. Read after a crash or a start only.
  @Nullable String instanceArn() {
    return synced.instanceArn();
  }

  long timeline() {
    return synced.timeline();
  }

  List<TaskState> tasks() {
    List<TaskState> tasks = new ArrayList<>();
    for (byte[] json : synced.tasks().values()) {
      tasks.add(Json.read(json, TaskState.class));
    }
    return tasks;
  }
}
