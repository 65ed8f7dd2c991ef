package dev.roadstead.agent.core;

import dev.roadstead.base.Bug;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All that the core knows, as one value.
///
/// @param tasks by ARN
/// @param arrivals how many tasks have come so far
/// @param timeline the highest sequence number seen in a manifest or payload
/// @param manifestId the last manifest whose stop candidates await an answer; null when none do
/// @param synced the engine's containers have been compared with the tasks at least once
/// @param orphans containers whose labels name tasks that are not known: left alone, and adopted
///     when the control plane names their task
@RecordBuilder
public record NodeState(
    NodeSettings settings,
    SortedMap<String, TaskState> tasks,
    long arrivals,
    long timeline,
    @Nullable String manifestId,
    boolean synced,
    List<Orphan> orphans)
    implements NodeStateBuilder.With {

  /// A container without a known task.
  public record Orphan(String taskArn, String container, String dockerName, Sighting sighting) {}

  public NodeState {
    tasks = Collections.unmodifiableSortedMap(tasks);
    orphans = List.copyOf(orphans);
  }

  public static NodeState empty(NodeSettings settings) {
    return new NodeState(settings, new TreeMap<>(), 0, 0, null, false, List.of());
  }

  public @Nullable TaskState find(String arn) {
    return tasks.get(arn);
  }

  public TaskState task(String arn) {
    TaskState task = tasks.get(arn);
    if (task == null) {
      throw new Bug("no task " + arn);
    }
    return task;
  }

  NodeState put(TaskState task) {
    var next = new TreeMap<>(tasks);
    next.put(task.arn(), task);
    return withTasks(next);
  }

  NodeState drop(String arn) {
    var next = new TreeMap<>(tasks);
    next.remove(arn);
    return withTasks(next);
  }
}
