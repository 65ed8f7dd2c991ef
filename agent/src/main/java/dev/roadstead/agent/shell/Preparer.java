package dev.roadstead.agent.shell;

import dev.roadstead.agent.core.Event;
import dev.roadstead.agent.core.Resources;
import dev.roadstead.agent.core.TaskState;
import dev.roadstead.agent.engine.ContainerEngine;
import dev.roadstead.agent.engine.EngineTrouble;
import dev.roadstead.link.task.Task;
import dev.roadstead.link.task.Volume;
import java.io.IOException;
import java.util.Map;

/// Makes and removes what belongs to a task as a whole: volumes and its control group.
final class Preparer {
  private final ContainerEngine engine;
  private final TaskCgroups cgroups;

  Preparer(ContainerEngine engine, TaskCgroups cgroups) {
    this.engine = engine;
    this.cgroups = cgroups;
  }

  Event.Prepared prepare(TaskState state) throws InterruptedException {
    Task task = state.definition();
    try {
      cgroups.create(task);
    } catch (IOException e) {
      return new Event.Prepared(
          task.arn(), "ResourceInitializationError: cannot set the task's limits: " + e);
    }
    for (Volume volume : task.volumes()) {
      try {
        if (Resources.made(volume)) {
          create(task, volume);
        }
      } catch (EngineTrouble e) {
        return new Event.Prepared(
            task.arn(), "CannotCreateVolumeError: " + volume.name() + ": " + e.getMessage());
      }
    }
    return new Event.Prepared(task.arn(), null);
  }

  private void create(Task task, Volume volume) throws EngineTrouble, InterruptedException {
    Volume.Docker docker = volume.dockerVolumeConfiguration();
    String type = volume.type() == null ? "host" : volume.type();
    if (!type.equals("host") && !type.equals("docker")) {
      throw new EngineTrouble(
          EngineTrouble.Kind.REFUSED, "volumes of type " + type + " are not supported here");
    }
    boolean given =
        Resources.shared(volume)
            && (docker == null || !Boolean.TRUE.equals(docker.autoprovision()));
    if (given) {
      return;
    }
    String driver = docker == null ? null : docker.driver();
    Patience.call(
        Patience.USUAL,
        () -> {
          engine.createVolume(
              Resources.volumeName(task, volume),
              driver == null || driver.isEmpty() ? "local" : driver,
              docker == null ? Map.of() : docker.driverOpts(),
              docker == null ? Map.of() : docker.labels());
          return volume;
        });
  }

  void remove(TaskState state) throws EngineTrouble {
    Task task = state.definition();
    cgroups.remove(task);
    for (Volume volume : task.volumes()) {
      if (Resources.made(volume) && !Resources.shared(volume)) {
        engine.removeVolume(Resources.volumeName(task, volume));
      }
    }
  }
}
