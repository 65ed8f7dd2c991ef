package dev.roadstead.agent.shell;

import dev.roadstead.agent.core.ContainerState;
import dev.roadstead.agent.core.NodeState;
import dev.roadstead.agent.core.Status;
import dev.roadstead.agent.core.TaskState;
import dev.roadstead.link.task.Container;
import dev.roadstead.link.tcs.ContainerMetric;
import dev.roadstead.link.tcs.PublishHealthRequest;
import dev.roadstead.link.tcs.PublishHealthRequest.ContainerHealth;
import dev.roadstead.link.tcs.PublishHealthRequest.TaskHealth;
import dev.roadstead.link.tcs.PublishInstanceStatusRequest;
import dev.roadstead.link.tcs.PublishInstanceStatusRequest.InstanceStatus;
import dev.roadstead.link.tcs.PublishMetricsRequest;
import dev.roadstead.link.tcs.TaskMetric;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// Makes the messages of TCS from what the agent knows. Used by one thread at a time.
final class Telemetry {
  /// Source: Amazon's agent; a message has at most 10 tasks.
  private static final int TASKS_PER_MESSAGE = 10;

  private final InstantSource clock;
  private final CgroupStats stats;
  private final boolean disableMetrics;
  private final BooleanSupplier engineReachable;
  private boolean wasReachable = true;
  private Instant reachableSince;

  Telemetry(
      InstantSource clock,
      CgroupStats stats,
      boolean disableMetrics,
      BooleanSupplier engineReachable) {
    this.clock = clock;
    this.stats = stats;
    this.disableMetrics = disableMetrics;
    this.engineReachable = engineReachable;
    this.reachableSince = clock.instant();
  }

  List<PublishMetricsRequest> metrics(String cluster, String arn, NodeState state)
      throws InterruptedException {
    var tasks = new ArrayList<TaskMetric>();
    if (!disableMetrics) {
      for (TaskState task : state.tasks().values()) {
        var containers = new ArrayList<ContainerMetric>();
        for (ContainerState container : task.containers()) {
          String dockerId = container.dockerId();
          if (container.known() == Status.RUNNING && dockerId != null) {
            ContainerMetric metric = stats.read(container.name(), dockerId, clock.instant());
            if (metric != null) {
              containers.add(metric);
            }
          }
        }
        if (!containers.isEmpty()) {
          var definition = task.definition();
          tasks.add(
              new TaskMetric(task.arn(), definition.family(), definition.version(), containers));
        }
      }
    }
    var messages = new ArrayList<PublishMetricsRequest>();
    String id = UUID.randomUUID().toString();
    boolean idle = tasks.isEmpty();
    int from = 0;
    do {
      int to = Math.min(from + TASKS_PER_MESSAGE, tasks.size());
      var metadata = new PublishMetricsRequest.Metadata(cluster, arn, id, idle, to == tasks.size());
      messages.add(new PublishMetricsRequest(metadata, tasks.subList(from, to), clock.instant()));
      from = to;
    } while (from < tasks.size());
    return messages;
  }

  /// Nothing when no running container has a health check.
  List<PublishHealthRequest> health(String cluster, String arn, NodeState state) {
    var tasks = new ArrayList<TaskHealth>();
    for (TaskState task : state.tasks().values()) {
      var containers = new ArrayList<ContainerHealth>();
      for (ContainerState container : task.containers()) {
        String type = task.definition(container.name()).healthCheckType();
        if (container.known() == Status.RUNNING && Container.HEALTH_DOCKER.equals(type)) {
          Instant since = container.healthSince();
          containers.add(
              new ContainerHealth(
                  container.name(),
                  container.health().name(),
                  since == null ? container.startedAt() : since));
        }
      }
      if (!containers.isEmpty()) {
        var definition = task.definition();
        tasks.add(
            new TaskHealth(task.arn(), definition.family(), definition.version(), containers));
      }
    }
    var messages = new ArrayList<PublishHealthRequest>();
    String id = UUID.randomUUID().toString();
    for (int from = 0; from < tasks.size(); from += TASKS_PER_MESSAGE) {
      int to = Math.min(from + TASKS_PER_MESSAGE, tasks.size());
      messages.add(
          new PublishHealthRequest(
              new PublishHealthRequest.Metadata(cluster, arn, id, to == tasks.size()),
              tasks.subList(from, to),
              clock.instant()));
    }
    return messages;
  }

  List<PublishInstanceStatusRequest> instance(String cluster, String arn) {
    Instant now = clock.instant();
    boolean reachable = engineReachable.getAsBoolean();
    if (reachable != wasReachable) {
      wasReachable = reachable;
      reachableSince = now;
    }
    var status =
        new InstanceStatus("ContainerRuntime", reachable ? "OK" : "IMPAIRED", now, reachableSince);
    var metadata =
        new PublishInstanceStatusRequest.Metadata(cluster, arn, UUID.randomUUID().toString());
    return List.of(new PublishInstanceStatusRequest(metadata, List.of(status), now));
  }
}
