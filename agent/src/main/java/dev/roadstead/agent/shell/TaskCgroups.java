package dev.roadstead.agent.shell;

import dev.roadstead.agent.core.Resources;
import dev.roadstead.agent.engine.EngineInfo;
import dev.roadstead.link.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Limits of tasks as a whole: a control group per task, `/ecs/<task id>`, under which the engine
/// puts the task's containers. Versions 1 and 2, where the engine drives cgroupfs and we may
/// write; elsewhere such limits are not offered.
final class TaskCgroups {
  private static final Logger LOG = LoggerFactory.getLogger(TaskCgroups.class);
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final String GROUP = "ecs";
  private static final long PERIOD_MICROS = 100_000;
  private static final long MIB = 1024L * 1024;

  private final boolean v2;
  private final boolean usable;

  TaskCgroups(EngineInfo engine) {
    this.v2 = Files.exists(ROOT.resolve("cgroup.controllers"));
    boolean same = engine.cgroupVersion() == (v2 ? 2 : 1) || engine.cgroupVersion() == 0;
    this.usable = same && engine.cgroupDriver().equals("cgroupfs") && prepare();
  }

  boolean usable() {
    return usable;
  }

  /// What the engine is told; empty when the task has no limits of its own.
  String parent(Task task) {
    return usable && Resources.limits(task) ? "/" + GROUP + "/" + id(task) : "";
  }

  private static String id(Task task) {
    return task.arn().substring(task.arn().lastIndexOf('/') + 1);
  }

  private boolean prepare() {
    try {
      for (Path base : bases()) {
        if (v2) {
          write(ROOT.resolve("cgroup.subtree_control"), "+cpu +memory");
        }
        Files.createDirectories(base);
        if (v2) {
          write(base.resolve("cgroup.subtree_control"), "+cpu +memory");
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private List<Path> bases() {
    return v2
        ? List.of(ROOT.resolve(GROUP))
        : List.of(ROOT.resolve("cpu").resolve(GROUP), ROOT.resolve("memory").resolve(GROUP));
  }

  /// Makes the group with its limits; nothing when the task has none.
  void create(Task task) throws IOException {
    if (parent(task).isEmpty()) {
      return;
    }
    for (Path base : bases()) {
      Files.createDirectories(base.resolve(id(task)));
    }
    Path cpu = bases().getFirst().resolve(id(task));
    Path memory = bases().getLast().resolve(id(task));
    @Nullable Double vcpu = task.cpu();
    @Nullable Integer mib = task.memory();
    if (vcpu != null) {
      long quota = Math.round(vcpu * PERIOD_MICROS);
      if (v2) {
        write(cpu.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
      } else {
        write(cpu.resolve("cpu.cfs_period_us"), String.valueOf(PERIOD_MICROS));
        write(cpu.resolve("cpu.cfs_quota_us"), String.valueOf(quota));
      }
    }
    if (mib != null) {
      String file = v2 ? "memory.max" : "memory.limit_in_bytes";
      write(memory.resolve(file), String.valueOf(mib * MIB));
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }

  /// Removes the group; one that is gone or still in use is left.
  void remove(Task task) {
    if (!parent(task).isEmpty()) {
      for (Path base : bases()) {
        try {
          Files.deleteIfExists(base.resolve(id(task)));
        } catch (IOException e) {
          LOG.debug("{} stays: {}", base, e.getMessage()); // Something is inside still.
        }
      }
    }
  }
}
