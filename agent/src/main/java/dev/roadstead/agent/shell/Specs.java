package dev.roadstead.agent.shell;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.roadstead.agent.core.ContainerState;
import dev.roadstead.agent.core.PortRanges;
import dev.roadstead.agent.core.Resources;
import dev.roadstead.agent.core.TaskState;
import dev.roadstead.agent.engine.ContainerSpec;
import dev.roadstead.agent.engine.ContainerSpecBuilder;
import dev.roadstead.agent.engine.ImageView;
import dev.roadstead.link.api.NetworkBinding;
import dev.roadstead.link.codec.Json;
import dev.roadstead.link.task.Container;
import dev.roadstead.link.task.RoleCredentials;
import dev.roadstead.link.task.Task;
import dev.roadstead.link.task.Volume;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a container of a task becomes on the engine. Names, labels, variables and bounds as
/// Amazon's agent has them, so that whatever looks for them finds them.
final class Specs {
  static final String LABEL_TASK = "com.amazonaws.ecs.task-arn";
  static final String LABEL_CONTAINER = "com.amazonaws.ecs.container-name";
  private static final String LABEL_FAMILY = "com.amazonaws.ecs.task-definition-family";
  private static final String LABEL_VERSION = "com.amazonaws.ecs.task-definition-version";
  static final String LABEL_CLUSTER = "com.amazonaws.ecs.cluster";

  /// Bounds of the kernel for cpu.shares.
  private static final int SHARES_MIN = 2;

  private static final int SHARES_MAX = 262_144;

  /// Docker refuses less on old engines; Amazon's agent raises to this.
  private static final long MEMORY_MIB_MIN = 4;

  private static final long MIB = 1024L * 1024;

  /// What does not depend on the task.
  ///
  /// @param agent whose containers they are
  /// @param endpoint base URL of the task metadata endpoint, as seen from containers
  record Surroundings(
      AgentId agent, String cluster, String region, String endpoint, TaskCgroups cgroups) {}

  private record Overrides(@JsonProperty("command") @Nullable List<String> command) {}

  private Specs() {}

  static ContainerSpec of(
      TaskState task,
      String name,
      List<NetworkBinding> bindings,
      @Nullable ImageView image,
      Surroundings around) {
    Container container = task.definition(name);
    Task definition = task.definition();
    String mode = definition.networkMode();
    boolean bridge = mode == null || mode.isEmpty() || mode.equals("bridge");
    Integer cpu = container.cpu();
    Integer memory = container.memory();
    Container.DockerConfig docker = container.dockerConfig();
    return ContainerSpecBuilder.builder()
        .name(task.container(name).dockerName())
        .image(container.image())
        .command(command(container))
        .entryPoint(container.entryPoint())
        .env(environment(task, name, image, around))
        .labels(labels(definition, name, around))
        .ports(bridge ? PortRanges.single(bindings) : List.of())
        .binds(binds(definition, container))
        .links(links(task, container))
        .volumesFrom(volumesFrom(task, container))
        .networkMode(mode == null || bridge ? "bridge" : mode)
        .pidMode("host".equals(definition.pidMode()) ? "host" : null)
        .ipcMode(ipcMode(definition.ipcMode()))
        .cpuShares(Math.clamp(cpu == null ? 0 : cpu, SHARES_MIN, SHARES_MAX))
        .memoryBytes(memory == null || memory == 0 ? 0 : Math.max(memory, MEMORY_MIB_MIN) * MIB)
        .cgroupParent(around.cgroups().parent(definition))
        .runtime(Gpus.of(definition, name).isEmpty() ? null : Gpus.RUNTIME)
        .configJson(docker == null ? null : docker.config())
        .hostConfigJson(docker == null ? null : docker.hostConfig())
        .build();
  }

  private static @Nullable String ipcMode(@Nullable String mode) {
    return "host".equals(mode) || "none".equals(mode) ? mode : null;
  }

  private static List<String> command(Container container) {
    String overrides = container.overrides();
    if (overrides != null && !overrides.isBlank()) {
      var override = Json.read(overrides.getBytes(StandardCharsets.UTF_8), Overrides.class);
      if (override.command() != null) {
        return override.command();
      }
    }
    return container.command();
  }

  private static List<String> environment(
      TaskState task, String name, @Nullable ImageView image, Surroundings around) {
    var env = new TreeMap<>(task.definition(name).environment());
    String endpointId = task.container(name).endpointId();
    env.put("ECS_CONTAINER_METADATA_URI", around.endpoint() + "/v3/" + endpointId);
    env.put("ECS_CONTAINER_METADATA_URI_V4", around.endpoint() + "/v4/" + endpointId);
    env.put("ECS_AGENT_URI", around.endpoint() + "/api/" + endpointId);
    List<String> gpus = Gpus.of(task.definition(), name);
    if (!gpus.isEmpty()) {
      env.put(Gpus.VISIBLE, String.join(",", gpus));
    }
    RoleCredentials role = task.definition().roleCredentials();
    if (role != null) {
      String path = "/v2/credentials/" + role.credentialsId();
      env.put("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", path);
      if (!around.endpoint().equals("http://169.254.170.2")) {
        env.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", around.endpoint() + path);
      }
    }
    boolean told =
        env.containsKey("AWS_REGION")
            || env.containsKey("AWS_DEFAULT_REGION")
            || (image != null
                && image.env().stream()
                    .anyMatch(
                        e -> e.startsWith("AWS_REGION=") || e.startsWith("AWS_DEFAULT_REGION=")));
    if (!told) {
      env.put("AWS_REGION", around.region());
      env.put("AWS_DEFAULT_REGION", around.region());
    }
    return env.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
  }

  private static Map<String, String> labels(Task task, String name, Surroundings around) {
    var labels = new TreeMap<String, String>();
    labels.put(LABEL_TASK, task.arn());
    labels.put(LABEL_CONTAINER, name);
    labels.put(LABEL_FAMILY, task.family() == null ? "" : task.family());
    labels.put(LABEL_VERSION, task.version() == null ? "" : task.version());
    labels.put(LABEL_CLUSTER, around.cluster());
    labels.put(AgentId.LABEL, around.agent().text());
    return labels;
  }

  private static List<String> binds(Task task, Container container) {
    var binds = new ArrayList<String>();
    for (Container.MountPoint mount : container.mountPoints()) {
      for (Volume volume : task.volumes()) {
        if (volume.name().equals(mount.sourceVolume())) {
          String path = Resources.sourcePath(volume);
          String source = path.isEmpty() ? Resources.volumeName(task, volume) : path;
          binds.add(
              source
                  + ":"
                  + mount.containerPath()
                  + (Boolean.TRUE.equals(mount.readOnly()) ? ":ro" : ""));
        }
      }
    }
    return binds;
  }

  private static List<String> links(TaskState task, Container container) {
    var links = new ArrayList<String>();
    for (String link : container.links()) {
      int colon = link.indexOf(':');
      String other = colon < 0 ? link : link.substring(0, colon);
      String alias = colon < 0 ? link : link.substring(colon + 1);
      links.add(dockerName(task, other) + ":" + alias);
    }
    return links;
  }

  private static List<String> volumesFrom(TaskState task, Container container) {
    var from = new ArrayList<String>();
    for (Container.VolumeFrom one : container.volumesFrom()) {
      from.add(
          dockerName(task, one.sourceContainer())
              + (Boolean.TRUE.equals(one.readOnly()) ? ":ro" : ""));
    }
    return from;
  }

  /// The id when there is one: it is right even for an adopted container.
  private static String dockerName(TaskState task, String name) {
    ContainerState other = task.container(name);
    return other.dockerId() == null ? other.dockerName() : other.dockerId();
  }
}
