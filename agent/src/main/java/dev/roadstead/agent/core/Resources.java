package dev.roadstead.agent.core;

import dev.roadstead.link.task.Task;
import dev.roadstead.link.task.Volume;

/// What must exist before a task's first container: volumes of its own, a control group.
public final class Resources {
  private Resources() {}

  static boolean needed(TaskState task) {
    Task definition = task.definition();
    return limits(definition) || definition.volumes().stream().anyMatch(Resources::made);
  }

  /// True when the task as a whole has limits.
  public static boolean limits(Task task) {
    return task.cpu() != null || task.memory() != null;
  }

  /// True when the agent makes this volume, rather than bind a path of the host.
  public static boolean made(Volume volume) {
    return sourcePath(volume).isEmpty();
  }

  /// The host's path of a bind mount; empty when the volume is none.
  public static String sourcePath(Volume volume) {
    Volume.Host host = volume.host();
    String path = host == null ? null : host.sourcePath();
    boolean bind = volume.type() == null || volume.type().equals("host");
    return bind && path != null ? path : "";
  }

  /// The engine's name for a volume: shared ones keep theirs, task-scoped ones belong to the task.
  public static String volumeName(Task task, Volume volume) {
    if (shared(volume)) {
      return volume.name();
    }
    String arn = task.arn();
    String name = volume.name().replaceAll("[^A-Za-z0-9_.-]", "");
    return "ecs-%s-%s-%s-%s"
        .formatted(task.family(), task.version(), name, arn.substring(arn.lastIndexOf('/') + 1));
  }

  public static boolean shared(Volume volume) {
    Volume.Docker docker = volume.dockerVolumeConfiguration();
    return docker != null && "shared".equals(docker.scope());
  }
}
