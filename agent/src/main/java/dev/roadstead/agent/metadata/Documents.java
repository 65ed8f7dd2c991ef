package dev.roadstead.agent.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roadstead.agent.core.ContainerState;
import dev.roadstead.agent.core.Health;
import dev.roadstead.agent.core.PortRanges;
import dev.roadstead.agent.core.Status;
import dev.roadstead.agent.core.TaskState;
import dev.roadstead.agent.engine.ContainerEngine;
import dev.roadstead.agent.engine.ContainerView;
import dev.roadstead.agent.engine.EngineTrouble;
import dev.roadstead.link.api.NetworkBinding;
import dev.roadstead.link.task.Container;
import dev.roadstead.link.task.Task;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Metadata documents of tasks and containers, in the spelling of versions 3 and 4. Members that
/// have no value are absent.
public final class Documents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ContainerEngine engine;
  private final String cluster;

  public Documents(ContainerEngine engine, String cluster) {
    this.engine = engine;
    this.cluster = cluster;
  }

  String cluster() {
    return cluster;
  }

  JsonNode task(TaskState task, boolean v4) throws EngineTrouble {
    Task definition = task.definition();
    ObjectNode json = JSON.createObjectNode();
    json.put("Cluster", cluster);
    json.put("TaskARN", task.arn());
    json.put("Family", definition.family());
    json.put("Revision", definition.version());
    json.put("DesiredStatus", task.wantedStopped() ? "STOPPED" : "RUNNING");
    json.put("KnownStatus", known(task.status().name()));
    if (definition.cpu() != null || definition.memory() != null) {
      ObjectNode limits = json.putObject("Limits");
      text(limits, "CPU", definition.cpu());
      text(limits, "Memory", definition.memory());
    }
    instant(json, "PullStartedAt", task.pullStartedAt());
    instant(json, "PullStoppedAt", task.pullStoppedAt());
    instant(json, "ExecutionStoppedAt", task.executionStoppedAt());
    if (v4) {
      json.put("LaunchType", definition.launchType() == null ? "EC2" : definition.launchType());
      if (definition.serviceName() != null) {
        json.put("ServiceName", definition.serviceName());
      }
      if (definition.group() != null) {
        json.put("Group", definition.group());
      }
      json.put("FaultInjectionEnabled", Boolean.TRUE.equals(definition.enableFaultInjection()));
    }
    ArrayNode containers = json.putArray("Containers");
    for (ContainerState container : task.containers()) {
      containers.add(container(task, container, v4));
    }
    return json;
  }

  /// Statuses before RUNNING are told as PENDING.
  private static String known(String status) {
    return status.equals("RUNNING") || status.equals("STOPPED") ? status : "PENDING";
  }

  private static void text(ObjectNode into, String key, @Nullable Number value) {
    if (value != null) {
      into.set(key, JSON.valueToTree(value));
    }
  }

  private static void instant(ObjectNode into, String key, @Nullable Instant value) {
    if (value != null) {
      into.put(key, value.toString());
    }
  }

  JsonNode container(TaskState task, ContainerState state, boolean v4) throws EngineTrouble {
    Container definition = task.definition(state.name());
    String dockerId = state.dockerId();
    ContainerView view = dockerId == null ? null : engine.inspect(dockerId);
    JsonNode raw = view == null ? JsonNodeFactory.instance.objectNode() : view.raw();
    ObjectNode json = JSON.createObjectNode();
    json.put("DockerId", dockerId == null ? "" : dockerId);
    json.put("Name", state.name());
    json.put("DockerName", state.dockerName());
    json.put("Image", definition.image());
    json.put("ImageID", raw.path("Image").asText());
    ports(json, state, v4);
    json.set("Labels", raw.path("Config").path("Labels"));
    json.put("DesiredStatus", task.wantedStopped() ? "STOPPED" : "RUNNING");
    json.put("KnownStatus", known(state.known().name()));
    if (state.exitCode() != null) {
      json.put("ExitCode", state.exitCode());
    }
    ObjectNode limits = json.putObject("Limits");
    text(limits, "CPU", definition.cpu() == null ? Integer.valueOf(2) : definition.cpu());
    text(limits, "Memory", definition.memory());
    json.set("CreatedAt", raw.path("Created"));
    if (state.known().atLeast(Status.RUNNING)) {
      json.set("StartedAt", raw.path("State").path("StartedAt"));
    }
    if (state.stopped()) {
      json.set("FinishedAt", raw.path("State").path("FinishedAt"));
    }
    json.put("Type", "NORMAL");
    health(json, definition, state);
    volumes(json, raw);
    if (v4) {
      json.set("LogDriver", raw.path("HostConfig").path("LogConfig").path("Type"));
      json.set("LogOptions", raw.path("HostConfig").path("LogConfig").path("Config"));
      json.put("ContainerARN", definition.containerArn());
      if (definition.restartPolicy() != null) {
        json.put("RestartCount", state.restarts());
      }
    }
    networks(json, raw);
    json.properties().removeIf(e -> e.getValue().isNull() || e.getValue().isMissingNode());
    return json;
  }

  private static void ports(ObjectNode json, ContainerState state, boolean v4) {
    if (state.bindings().isEmpty()) {
      return;
    }
    ArrayNode ports = json.putArray("Ports");
    for (NetworkBinding binding : PortRanges.single(state.bindings())) {
      if (binding.containerPort() != null) {
        ObjectNode port = ports.addObject();
        port.put("ContainerPort", binding.containerPort());
        port.put("Protocol", binding.protocol());
        port.put("HostPort", binding.hostPort());
        if (v4) {
          port.put("HostIp", binding.bindIP());
        }
      }
    }
  }

  private static void health(ObjectNode json, Container definition, ContainerState state) {
    if (Container.HEALTH_DOCKER.equals(definition.healthCheckType())) {
      ObjectNode health = json.putObject("Health");
      health.put("status", state.health() == Health.UNKNOWN ? "UNKNOWN" : state.health().name());
      instant(health, "statusSince", state.healthSince());
    }
  }

  private static void volumes(ObjectNode json, JsonNode raw) {
    JsonNode mounts = raw.path("Mounts");
    if (mounts.isEmpty()) {
      return;
    }
    ArrayNode volumes = json.putArray("Volumes");
    for (JsonNode mount : mounts) {
      ObjectNode volume = volumes.addObject();
      volume.set("DockerName", mount.path("Name"));
      volume.set("Source", mount.path("Source"));
      volume.set("Destination", mount.path("Destination"));
      volume.properties().removeIf(e -> e.getValue().isMissingNode());
    }
  }

  private static void networks(ObjectNode json, JsonNode raw) {
    ArrayNode networks = json.putArray("Networks");
    for (var network : raw.path("NetworkSettings").path("Networks").properties()) {
      ObjectNode one = networks.addObject();
      one.put("NetworkMode", network.getKey());
      String ip = network.getValue().path("IPAddress").asText();
      if (!ip.isEmpty()) {
        one.putArray("IPv4Addresses").add(ip);
      }
    }
  }

  JsonNode stats(ContainerState container) throws EngineTrouble {
    String dockerId = container.dockerId();
    return dockerId == null || container.known() != Status.RUNNING
        ? JSON.createObjectNode()
        : engine.stats(dockerId);
  }

  JsonNode stats(TaskState task) throws EngineTrouble {
    ObjectNode json = JSON.createObjectNode();
    for (ContainerState container : task.containers()) {
      String dockerId = container.dockerId();
      if (dockerId != null) {
        json.set(dockerId, stats(container));
      }
    }
    return json;
  }
}
