package dev.roadstead.control.node;

import dev.roadstead.base.Arn;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.engine.root.State;
import dev.roadstead.link.tcs.AckPublishHealth;
import dev.roadstead.link.tcs.AckPublishInstanceStatus;
import dev.roadstead.link.tcs.AckPublishMetric;
import dev.roadstead.link.tcs.HeartbeatMessage;
import dev.roadstead.link.tcs.PublishHealthRequest;
import dev.roadstead.link.tcs.PublishInstanceStatusRequest;
import dev.roadstead.link.tcs.PublishMetricsRequest;
import dev.roadstead.link.tcs.TcsAgentMessage;
import dev.roadstead.link.tcs.TcsServerMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One telemetry connection of one agent: acknowledges everything, and turns what is new in it into
/// rows. Figures of use are not rows: the shell keeps the latest of them.
///
/// Used by one thread at a time.
public final class TcsSession {
  /// Agents give up after 60 to 120 seconds without an acknowledgement or a heartbeat.
  static final Duration HEARTBEAT = Duration.ofSeconds(30);

  private static final String CONTAINER_RUNTIME = "ContainerRuntime";
  private static final Set<String> STATUSES =
      Set.of("OK", "IMPAIRED", "INSUFFICIENT_DATA", "INITIALIZING");

  private final AgentHello hello;
  private Instant heartbeatAt;

  public TcsSession(AgentHello hello, Instant openedAt) {
    this.hello = hello;
    this.heartbeatAt = openedAt.plus(HEARTBEAT);
  }

  public AgentHello hello() {
    return hello;
  }

  /// The agent said something.
  public Turn<TcsServerMessage> received(State state, TcsAgentMessage message) {
    Turn<TcsServerMessage> turn = new Turn<>();
    switch (message) {
      case PublishMetricsRequest _ -> turn.send(new AckPublishMetric(""));
      case PublishHealthRequest request -> {
        health(turn, state, request);
        turn.send(new AckPublishHealth(""));
      }
      case PublishInstanceStatusRequest request -> {
        status(turn, state, request);
        turn.send(new AckPublishInstanceStatus(""));
      }
      case TcsAgentMessage.Unknown _ -> {
        // What newer agents say; nothing waits for an answer to it.
      }
    }
    return turn;
  }

  /// Time passed.
  public Turn<TcsServerMessage> tick(Instant now) {
    Turn<TcsServerMessage> turn = new Turn<>();
    if (!now.isBefore(heartbeatAt)) {
      heartbeatAt = now.plus(HEARTBEAT);
      turn.send(new HeartbeatMessage(true));
    }
    return turn;
  }

  /// When the next tick is wanted.
  public Instant nextTick() {
    return heartbeatAt;
  }

  private void health(Turn<TcsServerMessage> turn, State state, PublishHealthRequest request) {
    Map<String, Map<String, Health>> healths = new LinkedHashMap<>();
    for (PublishHealthRequest.TaskHealth task : request.tasks()) {
      String key = taskKey(task.taskArn());
      if (key != null) {
        Map<String, Health> containers = healths.computeIfAbsent(key, _ -> new LinkedHashMap<>());
        for (PublishHealthRequest.ContainerHealth one : task.containers()) {
          if (one.containerName() != null) {
            containers.put(one.containerName(), health(one.healthStatus()));
          }
        }
      }
    }
    if (!NodeWork.healthChanges(state, hello.instanceKey(), healths).isEmpty()) {
      turn.submit(NodeWork.health(hello.instanceKey(), healths));
    }
  }

  private void status(
      Turn<TcsServerMessage> turn, State state, PublishInstanceStatusRequest request) {
    ContainerInstance row = state.find(ContainerInstances.TABLE, hello.instanceKey());
    for (PublishInstanceStatusRequest.InstanceStatus one : request.statuses()) {
      if (row != null
          && CONTAINER_RUNTIME.equals(one.type())
          && one.status() != null
          && STATUSES.contains(one.status())
          && !one.status().equals(row.dockerHealth())) {
        turn.submit(NodeWork.dockerHealth(hello.instanceKey(), one.status()));
      }
    }
  }

  /// The key of a task's row; null when the text is no ARN of a task.
  public static @Nullable String taskKey(@Nullable String taskArn) {
    Arn arn = Arn.parse(taskArn);
    return arn == null || !arn.resourceType().equals("task")
        ? null
        : arn.account() + "/" + arn.region() + "/" + arn.resourcePath();
  }

  private static Health health(@Nullable String text) {
    return switch (text) {
      case "HEALTHY" -> Health.HEALTHY;
      case "UNHEALTHY" -> Health.UNHEALTHY;
      case null, default -> Health.UNKNOWN;
    };
  }
}
