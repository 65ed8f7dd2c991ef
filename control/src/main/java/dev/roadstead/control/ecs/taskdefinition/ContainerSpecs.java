package dev.roadstead.control.ecs.taskdefinition;

import dev.roadstead.control.ecs.table.ContainerSpec;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.ResourceRequirement;
import software.amazon.awssdk.services.ecs.model.ResourceType;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

/// What decisions need of container definitions whose defaults are filled in.
final class ContainerSpecs {
  private ContainerSpecs() {}

  static List<ContainerSpec> of(List<ContainerDefinition> containers) {
    return containers.stream().map(ContainerSpecs::spec).toList();
  }

  private static ContainerSpec spec(ContainerDefinition container) {
    return new ContainerSpec(
        container.name(),
        container.image(),
        container.essential(),
        container.cpu(),
        container.memory(),
        container.memoryReservation(),
        container.healthCheck() != null,
        ports(container),
        gpus(container));
  }

  private static List<ContainerSpec.Port> ports(ContainerDefinition container) {
    List<ContainerSpec.Port> ports = new ArrayList<>();
    for (PortMapping port : container.portMappings()) {
      if (port.containerPortRange() == null) {
        boolean udp = port.protocol() == TransportProtocol.UDP;
        ports.add(new ContainerSpec.Port(port.containerPort(), port.hostPort(), udp));
      }
    }
    return ports;
  }

  private static int gpus(ContainerDefinition container) {
    int gpus = 0;
    for (ResourceRequirement requirement : container.resourceRequirements()) {
      if (requirement.type() == ResourceType.GPU) {
        gpus += Integer.parseInt(requirement.value());
      }
    }
    return gpus;
  }
}
