package dev.roadstead.agent.core;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.roadstead.link.codec.Json;
import dev.roadstead.link.codec.MalformedMessage;
import dev.roadstead.link.task.Container;
import dev.roadstead.link.task.Task;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a task takes of its host, sized as placement sizes it: task limits where given, else sums
/// over containers, reservations before limits; fixed host ports only; the GPUs it was given.
///
/// @param cpuUnits 1024 per vCPU
/// @param ports each as `80/tcp`
/// @param gpus their ids
public record Demand(int cpuUnits, int memoryMib, List<String> ports, List<String> gpus) {
  private static final int UNITS_PER_VCPU = 1024;
  private static final long MIB = 1024L * 1024;

  public Demand {
    ports = ports == null ? List.of() : List.copyOf(ports);
    gpus = gpus == null ? List.of() : List.copyOf(gpus);
  }

  /// The one field of Docker's HostConfig that counts here.
  private record HostConfig(@JsonProperty("MemoryReservation") @Nullable Long memoryReservation) {}

  public static Demand of(Task task) {
    int cpu = 0;
    int memory = 0;
    SortedSet<String> ports = new TreeSet<>();
    for (Container container : task.containers()) {
      cpu += container.cpu() == null ? 0 : container.cpu();
      memory += memoryMib(container);
      if (!"awsvpc".equals(task.networkMode())) {
        for (Container.PortMapping mapping : container.portMappings()) {
          Integer port = mapping.hostPort();
          if (port != null && port > 0) {
            ports.add(port + "/" + (mapping.protocol() == null ? "tcp" : mapping.protocol()));
          }
        }
      }
    }
    Double vcpu = task.cpu();
    Integer limit = task.memory();
    return new Demand(
        vcpu == null ? cpu : (int) Math.round(vcpu * UNITS_PER_VCPU),
        limit == null ? memory : limit,
        List.copyOf(ports),
        gpus(task));
  }

  private static List<String> gpus(Task task) {
    SortedSet<String> gpus = new TreeSet<>();
    for (Task.Association one : task.associations()) {
      String id = one.name();
      if (id != null && Task.Association.GPU.equals(one.type())) {
        gpus.add(id);
      }
    }
    return List.copyOf(gpus);
  }

  private static int memoryMib(Container container) {
    Container.DockerConfig docker = container.dockerConfig();
    String hostConfig = docker == null ? null : docker.hostConfig();
    if (hostConfig != null) {
      try {
        var read = Json.read(hostConfig.getBytes(StandardCharsets.UTF_8), HostConfig.class);
        Long bytes = read.memoryReservation();
        if (bytes != null && bytes > 0) {
          return (int) (bytes / MIB);
        }
      } catch (MalformedMessage e) {
        return 0; // Admit refuses such a task for its own sake.
      }
    }
    return container.memory() == null ? 0 : container.memory();
  }
}
