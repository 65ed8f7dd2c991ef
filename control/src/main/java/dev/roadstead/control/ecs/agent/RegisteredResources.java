package dev.roadstead.control.ecs.agent;

import dev.roadstead.control.ecs.api.EcsErrors;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.PlatformDevice;
import software.amazon.awssdk.services.ecs.model.Resource;

/// What a registration says the machine has.
///
/// @param tcpPorts taken by others
/// @param udpPorts taken by others
record RegisteredResources(
    int cpuUnits,
    int memoryMib,
    List<Integer> tcpPorts,
    List<Integer> udpPorts,
    List<String> gpuIds) {
  /// Source: ECS developer guide, container agent configuration: at most 100 reserved ports; a
  /// hundred thousand is every port there is, and some more.
  private static final int PORTS_MAX = 100_000;

  private static final int PORT_MAX = 65_535;

  /// Far more GPUs than any machine has.
  private static final int GPUS_MAX = 256;

  /// Refuses numbers that are none with InvalidParameterException.
  static RegisteredResources of(List<Resource> resources, List<PlatformDevice> devices) {
    int cpu = 0;
    int memory = 0;
    List<Integer> tcp = new ArrayList<>();
    List<Integer> udp = new ArrayList<>();
    for (Resource one : resources) {
      String name = one.name() == null ? "" : one.name();
      switch (name) {
        case "CPU" -> cpu = amount(one);
        case "MEMORY" -> memory = amount(one);
        case "PORTS" -> ports(one, tcp);
        case "PORTS_UDP" -> ports(one, udp);
        default -> {
          // Resources that nothing here places by, such as NEURON_CORES.
        }
      }
    }
    List<String> gpus = new ArrayList<>();
    for (PlatformDevice device : devices) {
      if ("GPU".equals(device.typeAsString())
          && device.id() != null
          && !gpus.contains(device.id())
          && gpus.size() < GPUS_MAX) {
        gpus.add(device.id());
      }
    }
    return new RegisteredResources(cpu, memory, tcp, udp, gpus);
  }

  private static int amount(Resource resource) {
    Integer value = resource.integerValue();
    if (value == null || value < 0) {
      throw EcsErrors.invalidParameter(
          "Resource " + resource.name() + " must be an integer of at least 0.");
    }
    return value;
  }

  private static void ports(Resource resource, List<Integer> into) {
    if (resource.stringSetValue().size() > PORTS_MAX) {
      throw EcsErrors.invalidParameter("Resource " + resource.name() + " has too many ports.");
    }
    for (String text : resource.stringSetValue()) {
      into.add(port(resource, text));
    }
  }

  private static int port(Resource resource, String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= PORT_MAX) {
        return port;
      }
    } catch (NumberFormatException _) {
      // Refused below.
    }
    throw EcsErrors.invalidParameter("Resource " + resource.name() + " has a bad port.");
  }
}
