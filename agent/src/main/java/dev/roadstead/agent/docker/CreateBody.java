package dev.roadstead.agent.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roadstead.agent.engine.ContainerSpec;
import dev.roadstead.agent.engine.EngineTrouble;
import dev.roadstead.link.api.NetworkBinding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The body of a create call. Docker's JSON of the task definition is merged over what the agent
/// derived, except that the agent's labels win.
final class CreateBody {
  private CreateBody() {}

  static ObjectNode of(ContainerSpec spec) throws EngineTrouble {
    ObjectNode config = DockerHttp.JSON.createObjectNode();
    config.put("Image", spec.image());
    texts(config, "Cmd", spec.command());
    texts(config, "Entrypoint", spec.entryPoint());
    texts(config, "Env", spec.env());
    merge(config, spec.configJson());
    ObjectNode labels = config.withObjectProperty("Labels");
    spec.labels().forEach(labels::put);
    ObjectNode host = host(spec);
    merge(host, spec.hostConfigJson());
    publish(spec.ports(), config.withObjectProperty("ExposedPorts"), host);
    config.set("HostConfig", host);
    return config;
  }

  private static ObjectNode host(ContainerSpec spec) {
    ObjectNode host = DockerHttp.JSON.createObjectNode();
    texts(host, "Binds", spec.binds());
    texts(host, "Links", spec.links());
    texts(host, "VolumesFrom", spec.volumesFrom());
    host.put("NetworkMode", spec.networkMode());
    if (spec.pidMode() != null) {
      host.put("PidMode", spec.pidMode());
    }
    if (spec.ipcMode() != null) {
      host.put("IpcMode", spec.ipcMode());
    }
    if (spec.cpuShares() > 0) {
      host.put("CpuShares", spec.cpuShares());
    }
    if (spec.memoryBytes() > 0) {
      host.put("Memory", spec.memoryBytes());
    }
    if (!spec.cgroupParent().isEmpty()) {
      host.put("CgroupParent", spec.cgroupParent());
    }
    if (spec.runtime() != null) {
      host.put("Runtime", spec.runtime());
    }
    host.putObject("RestartPolicy").put("Name", "no");
    return host;
  }

  private static void publish(List<NetworkBinding> ports, ObjectNode exposed, ObjectNode host) {
    if (ports.isEmpty()) {
      return;
    }
    ObjectNode bindings = host.withObjectProperty("PortBindings");
    for (NetworkBinding port : ports) {
      String key = port.containerPort() + "/" + port.protocol();
      exposed.putObject(key);
      bindings
          .withArrayProperty(key)
          .addObject()
          .put("HostIp", port.bindIP() == null ? "" : port.bindIP())
          .put("HostPort", String.valueOf(port.hostPort()));
    }
  }

  private static void texts(ObjectNode into, String key, List<String> texts) {
    if (!texts.isEmpty()) {
      texts.forEach(into.putArray(key)::add);
    }
  }

  /// Members of the text replace those of the same name; objects below are merged alike.
  private static void merge(ObjectNode into, @Nullable String json) throws EngineTrouble {
    if (json == null || json.isBlank()) {
      return;
    }
    try {
      JsonNode over = DockerHttp.JSON.readTree(json);
      if (!over.isObject()) {
        throw new EngineTrouble(EngineTrouble.Kind.REFUSED, "dockerConfig is no JSON object");
      }
      for (Map.Entry<String, JsonNode> member : over.properties()) {
        if (!member.getValue().isNull()) {
          into.set(member.getKey(), member.getValue());
        }
      }
    } catch (JsonProcessingException e) {
      throw new EngineTrouble(EngineTrouble.Kind.REFUSED, "dockerConfig is no JSON");
    }
  }
}
