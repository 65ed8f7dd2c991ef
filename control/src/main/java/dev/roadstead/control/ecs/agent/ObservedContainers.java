package dev.roadstead.control.ecs.agent;

import dev.roadstead.control.ecs.table.ContainerSpec;
import dev.roadstead.control.ecs.table.NetworkBinding;
import dev.roadstead.control.ecs.table.TaskContainer;
import dev.roadstead.control.ecs.table.TaskContainerBuilder;
import dev.roadstead.control.ecs.table.TaskDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Containers with what a report says of them. A container only moves forward, and what is known
/// of it is not overwritten, so that reports may come twice or late.
final class ObservedContainers {
  /// Sources: the agent's own limits, ecs-agent/api/ecs/client.
  private static final int REASON_MAX = 1024;

  private static final int ID_MAX = 255;
  private static final int BINDINGS_MAX = 100;
  private static final String HOST = "host";
  private static final String ANY_ADDRESS = "0.0.0.0";

  private ObservedContainers() {}

  /// @param definition of the task; null when it was deleted
  static List<TaskContainer> with(
      List<TaskContainer> containers,
      List<Report.Container> reports,
      @Nullable TaskDefinition definition) {
    if (reports.isEmpty()) {
      return containers;
    }
    List<TaskContainer> next = new ArrayList<>(containers);
    for (Report.Container report : reports) {
      for (int i = 0; i < next.size(); i++) {
        if (next.get(i).name().equals(report.name())) {
          next.set(i, hostBindings(with(next.get(i), report), definition));
        }
      }
    }
    return next;
  }

  /// Every container STOPPED, as those of a STOPPED task are.
  static List<TaskContainer> stopped(List<TaskContainer> containers) {
    List<TaskContainer> next = new ArrayList<>(containers.size());
    for (TaskContainer one : containers) {
      next.add(
          one.lastStatus().equals(TaskContainer.STOPPED)
              ? one
              : TaskContainerBuilder.builder(one).lastStatus(TaskContainer.STOPPED).build());
    }
    return next;
  }

  private static TaskContainer with(TaskContainer before, Report.Container report) {
    TaskContainerBuilder next = TaskContainerBuilder.builder(before);
    String status = report.status();
    if (status != null && rank(status) > rank(before.lastStatus())) {
      next.lastStatus(status);
    }
    if (before.exitCode() == null) {
      next.exitCode(report.exitCode());
    }
    next.reason(first(before.reason(), report.reason(), REASON_MAX));
    next.runtimeId(first(before.runtimeId(), report.runtimeId(), ID_MAX));
    next.imageDigest(first(before.imageDigest(), report.imageDigest(), ID_MAX));
    if (before.networkBindings().isEmpty()) {
      List<NetworkBinding> sent = report.networkBindings();
      next.networkBindings(sent.subList(0, Math.min(sent.size(), BINDINGS_MAX)));
    }
    return next.build();
  }

  /// Agents report no bindings of tasks that share the host's network: every port is published as
  /// it is.
  private static TaskContainer hostBindings(
      TaskContainer container, @Nullable TaskDefinition definition) {
    if (definition == null
        || !HOST.equals(definition.networkMode())
        || !container.lastStatus().equals(TaskContainer.RUNNING)
        || !container.networkBindings().isEmpty()) {
      return container;
    }
    List<NetworkBinding> bindings = new ArrayList<>();
    for (ContainerSpec spec : definition.containers()) {
      if (spec.name().equals(container.name())) {
        for (ContainerSpec.Port port : spec.ports()) {
          bindings.add(
              new NetworkBinding(
                  ANY_ADDRESS,
                  port.containerPort(),
                  port.containerPort(),
                  port.udp() ? "udp" : "tcp",
                  null,
                  null));
        }
      }
    }
    return TaskContainerBuilder.builder(container).networkBindings(bindings).build();
  }

  private static @Nullable String first(@Nullable String known, @Nullable String sent, int max) {
    if (known != null || sent == null || sent.isEmpty()) {
      return known;
    }
    return sent.length() <= max ? sent : sent.substring(0, max);
  }

  private static int rank(String status) {
    return switch (status) {
      case TaskContainer.PENDING -> 1;
      case TaskContainer.RUNNING -> 2;
      case TaskContainer.STOPPED -> 3;
      default -> 0;
    };
  }
}
