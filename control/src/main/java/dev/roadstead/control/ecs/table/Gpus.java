package dev.roadstead.control.ecs.table;

import java.util.List;

/// The GPUs of container instances, by id.
public final class Gpus {
  private Gpus() {}

  /// Those that no task was given, in the order of registration. Tasks that were placed before ids
  /// were given hold some nevertheless: those count as the first.
  public static List<String> free(ContainerInstance instance, InstanceUsage usage) {
    List<String> free =
        instance.gpuIds().stream().filter(id -> !usage.gpuIds().containsKey(id)).toList();
    int left = Math.clamp(instance.gpuIds().size() - (long) usage.gpus(), 0, free.size());
    return free.subList(free.size() - left, free.size());
  }
}
