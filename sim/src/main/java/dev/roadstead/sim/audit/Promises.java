package dev.roadstead.sim.audit;

import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import java.util.LinkedHashSet;
import java.util.Set;

/// What callers were told, which must be so from then on, whatever fails.
public final class Promises {
  private final Set<String> tasks = new LinkedHashSet<>();
  private final Set<String> stopped = new LinkedHashSet<>();

  /// A call was answered with this task.
  public void ran(String arn) {
    tasks.add(key(arn));
  }

  /// A call that stops it was answered.
  public void stopped(String arn) {
    stopped.add(key(arn));
  }

  /// How many there are.
  public int size() {
    return tasks.size() + stopped.size();
  }

  /// Tasks stay for a day after they stopped, which no run lasts.
  public void check(State state) {
    for (String key : tasks) {
      Violation.unless(
          state.find(Tasks.TABLE, key) != null, "task " + key + " was acknowledged and is lost");
    }
    for (String key : stopped) {
      Task task = state.find(Tasks.TABLE, key);
      Violation.unless(
          task != null && !task.wanted(), "the stop of " + key + " was acknowledged and is lost");
    }
  }

  private static String key(String arn) {
    String[] parts = arn.split(":", 6);
    return parts[4] + "/" + parts[3] + "/" + parts[5].substring("task/".length());
  }
}
