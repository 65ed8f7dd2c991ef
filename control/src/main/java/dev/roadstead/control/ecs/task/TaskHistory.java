package dev.roadstead.control.ecs.task;

import dev.roadstead.control.ecs.table.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stopped tasks whose rows are gone: a port, kept on a disk by those who run a control plane. It
/// may be asked by many threads. What it cannot read now is not there.
public interface TaskHistory {
  /// Remembers nothing.
  TaskHistory NONE =
      new TaskHistory() {
        @Override
        public boolean isEmpty() {
          return true;
        }

        @Override
        public @Nullable Task find(String key) {
          return null;
        }

        @Override
        public List<Task> list(Filter filter, String after, int count) {
          return List.of();
        }
      };

  /// Whether nothing is there. Never waits, unlike the others.
  boolean isEmpty();

  /// The task with that key, as its row last was; null when it is not known.
  @Nullable Task find(String key);

  /// The first tasks that pass the filter, ascending by key.
  ///
  /// @param after only tasks with a greater key; empty for the first
  /// @param count the most to give
  List<Task> list(Filter filter, String after, int count);

  /// Which tasks are asked for: those of a cluster, with each value that is not null.
  ///
  /// @param instanceId of the container instance
  record Filter(
      String clusterKey,
      @Nullable String family,
      @Nullable String startedBy,
      @Nullable String serviceName,
      @Nullable String instanceId,
      @Nullable String launchType) {}
}
