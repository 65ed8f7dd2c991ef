package dev.roadstead.agent.core;

import dev.roadstead.link.codec.Json;
import dev.roadstead.link.codec.MalformedMessage;
import dev.roadstead.link.task.Container;
import dev.roadstead.link.task.Task;
import dev.roadstead.link.task.Volume;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Says why a task cannot be run here, before anything is done about it.
final class TaskCheck {
  private static final String UNRECOGNIZED = "UnrecogniedTaskError: Error loading task - ";

  /// The limit of ECS is 10; room for what we or others may add.
  private static final int CONTAINERS_MAX = 64;

  private TaskCheck() {}

  /// The reason, or null when all is well.
  static @Nullable String fault(Task task) {
    if (!Acceptance.parses(task.arn())) {
      return UNRECOGNIZED + "the task's ARN is no ARN";
    }
    if (task.containers().isEmpty() || task.containers().size() > CONTAINERS_MAX) {
      return UNRECOGNIZED + "a task has 1 to " + CONTAINERS_MAX + " containers";
    }
    String mode = task.networkMode() == null ? "" : task.networkMode();
    if (mode.equals("awsvpc")) {
      return "ResourceInitializationError: network mode awsvpc is not available on this instance";
    }
    if ("task".equals(task.pidMode()) || "task".equals(task.ipcMode())) {
      return "ResourceInitializationError: namespaces shared by the containers of a task are not"
          + " available on this instance";
    }
    var names = new TreeSet<String>();
    for (Container container : task.containers()) {
      if (container.name() == null || container.image() == null) {
        return UNRECOGNIZED + "a container needs a name and an image";
      }
      if (!names.add(container.name())) {
        return UNRECOGNIZED + "two containers are named " + container.name();
      }
      String fault = json(container);
      if (fault != null) {
        return fault;
      }
    }
    for (Volume volume : task.volumes()) {
      boolean docker = "docker".equals(volume.type());
      boolean efs = "efs".equals(volume.type());
      if ((docker && volume.dockerVolumeConfiguration() == null)
          || (efs && volume.efsVolumeConfiguration() == null)) {
        return UNRECOGNIZED + "volume " + volume.name() + " lacks its configuration";
      }
    }
    return order(task, names);
  }

  private static @Nullable String json(Container container) {
    String name = container.name();
    try {
      for (Object key : keys(container.overrides()).keySet()) {
        if (!key.equals("command")) {
          return UNRECOGNIZED + "override " + key + " of container " + name + " is not supported";
        }
      }
      var docker = container.dockerConfig();
      if (docker != null) {
        keys(docker.config());
        keys(docker.hostConfig());
      }
      return null;
    } catch (MalformedMessage e) {
      return UNRECOGNIZED + "container " + name + ": " + e.getMessage();
    }
  }

  private static Map<?, ?> keys(@Nullable String json) {
    byte[] bytes = (json == null ? "" : json).getBytes(StandardCharsets.UTF_8);
    return Json.read(bytes, TreeMap.class);
  }

  private static @Nullable String order(Task task, SortedSet<String> names) {
    for (Container container : task.containers()) {
      for (Order.Edge edge : Order.edges(container)) {
        if (!names.contains(edge.container())) {
          return "TaskDependencyError: container "
              + container.name()
              + " depends on container "
              + edge.container()
              + ", which does not exist";
        }
      }
    }
    return Order.cyclic(task)
        ? "TaskDependencyError: the containers' dependencies form a cycle"
        : null;
  }
}
