package dev.roadstead.control.ecs.why;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Resource;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/// Why one more task of a definition has no room, by looking at every instance of the cluster as
/// placement does. Source: ECS developer guide, "Amazon ECS task placement".
final class Room {
  private final Asked asked;
  private final int cpu;
  private final int memory;
  private final List<PortMapping> ports;
  private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
  private Set<String> matching = Set.of();
  private @Nullable Miss nearest;

  /// What is to be placed.
  ///
  /// @param expressions `memberOf` constraints
  /// @param provider the capacity provider; null when any instance will do
  record Asked(
      String cluster,
      TaskDefinition definition,
      List<String> expressions,
      @Nullable String provider) {}

  /// An instance that can't take it.
  ///
  /// @param score how far from taking it: what is broken first, then the part that is short
  private record Miss(Reason reason, String text, String change, double score) {}

  private Room(Asked asked) {
    this.asked = asked;
    this.cpu = number(asked.definition().cpu(), sumCpu(asked.definition()));
    this.memory = number(asked.definition().memory(), sumMemory(asked.definition()));
    this.ports =
        asked.definition().containerDefinitions().stream()
            .flatMap(one -> one.portMappings().stream())
            .filter(port -> port.hostPort() != null && port.hostPort() > 0)
            .toList();
  }

  /// Null when an instance has room.
  static @Nullable Finding missing(Ecs ecs, Asked asked, String subject, @Nullable Instant since)
      throws IOException {
    return new Room(asked).look(ecs, subject, since);
  }

  private @Nullable Finding look(Ecs ecs, String subject, @Nullable Instant since)
      throws IOException {
    List<String> arns = ecs.instanceArns(asked.cluster(), null);
    if (arns.isEmpty()) {
      return Finding.of(
          Reason.NO_INSTANCE, subject, List.of("0 instances in " + asked.cluster()), since);
    }
    List<String> expressions = new ArrayList<>(asked.expressions());
    asked.definition().placementConstraints().forEach(one -> expressions.add(one.expression()));
    matching = new HashSet<>(arns);
    for (String expression : expressions) {
      matching.retainAll(ecs.instanceArns(asked.cluster(), expression));
    }
    List<ContainerInstance> all = new ArrayList<>(ecs.instances(asked.cluster(), arns));
    String provider = asked.provider();
    if (provider != null) {
      all.removeIf(one -> !provider.equals(one.capacityProviderName()));
    }
    if (all.isEmpty()) {
      String text = "0 of " + arns.size() + " instances have joined " + provider;
      return Finding.of(Reason.PROVIDER_EMPTY, subject, List.of(text), since);
    }
    for (ContainerInstance one : all) {
      Miss miss = miss(one, expressions);
      if (miss == null) {
        return null;
      }
      counts.merge(miss.reason(), 1, Integer::sum);
      nearest = nearest == null || miss.score() < nearest.score() ? miss : nearest;
    }
    Miss best = nearest;
    if (best == null) {
      return null;
    }
    List<String> evidence = new ArrayList<>();
    evidence.add("nearest of %d instances: %s".formatted(all.size(), best.text()));
    counts.forEach((reason, count) -> evidence.add(count + " x " + reason.code()));
    return new Finding(best.reason(), subject, evidence, since, best.change());
  }

  private @Nullable Miss miss(ContainerInstance one, List<String> expressions) {
    String id = Names.tail(one.containerInstanceArn());
    if (!"ACTIVE".equals(one.status())) {
      String text = id + " is " + one.status();
      return new Miss(Reason.NONE_ACTIVE, text, "Set " + id + " to ACTIVE, or add one.", 4);
    }
    if (!Boolean.TRUE.equals(one.agentConnected())) {
      return new Miss(
          Reason.AGENT_AWAY,
          "the agent of " + id + " is not connected",
          "Start the agent of " + id + ".",
          5);
    }
    Attribute lacking = lacking(one);
    if (lacking != null) {
      String name = lacking.name() + (lacking.value() == null ? "" : "=" + lacking.value());
      return new Miss(
          Reason.ATTRIBUTE_MISSING,
          id + " lacks attribute " + name,
          "Set attribute " + name + " on an instance, or use a task definition without it.",
          3);
    }
    if (!matching.contains(one.containerInstanceArn())) {
      String text = id + " does not match " + String.join(" and ", expressions);
      return new Miss(
          Reason.CONSTRAINT_UNMET,
          text,
          "Change the constraint, or an attribute of " + id + ".",
          3);
    }
    return resources(one, id);
  }

  private @Nullable Miss resources(ContainerInstance one, String id) {
    int cpuFree = integer(one, "CPU");
    int memoryFree = integer(one, "MEMORY");
    if (cpu > cpuFree) {
      return shortage(Reason.NO_CPU, id, "CPU units", cpu, cpuFree);
    }
    if (memory > memoryFree) {
      return shortage(Reason.NO_MEMORY, id, "MiB of memory", memory, memoryFree);
    }
    for (PortMapping mapping : ports) {
      boolean udp = "udp".equals(mapping.protocolAsString());
      String port = mapping.hostPort().toString();
      if (taken(one, udp ? "PORTS_UDP" : "PORTS").contains(port)) {
        return new Miss(
            Reason.PORT_IN_USE,
            "host port " + port + "/" + (udp ? "udp" : "tcp") + " of " + id + " is in use",
            "Free port " + port + " on " + id + ", or use host port 0.",
            2);
      }
    }
    int gpus = gpus();
    return gpus > free(one) ? shortage(Reason.NO_GPU, id, "GPUs", gpus, free(one)) : null;
  }

  private static Miss shortage(Reason reason, String id, String unit, int asked, int free) {
    return new Miss(
        reason,
        "%s: needs %d %s, %d are free".formatted(id, asked, unit, free),
        "Free %d %s on %s, add an instance, or ask for at most %d."
            .formatted(asked - free, unit, id, free),
        (asked - free) / (double) asked);
  }

  private @Nullable Attribute lacking(ContainerInstance one) {
    for (Attribute need : asked.definition().requiresAttributes()) {
      boolean has =
          one.attributes().stream()
              .anyMatch(
                  own ->
                      own.name().equals(need.name())
                          && (need.value() == null
                              || need.value().isEmpty()
                              || need.value().equalsIgnoreCase(own.value())));
      if (!has) {
        return need;
      }
    }
    return null;
  }

  private int gpus() {
    int gpus = 0;
    for (ContainerDefinition container : asked.definition().containerDefinitions()) {
      for (var need : container.resourceRequirements()) {
        gpus += "GPU".equals(need.typeAsString()) ? number(need.value(), 0) : 0;
      }
    }
    return gpus;
  }

  private static List<String> taken(ContainerInstance one, String ports) {
    return one.remainingResources().stream()
        .filter(resource -> resource.name().equals(ports))
        .flatMap(resource -> resource.stringSetValue().stream())
        .toList();
  }

  private static int free(ContainerInstance one) {
    return one.remainingResources().stream()
        .filter(resource -> resource.name().equals("GPU"))
        .mapToInt(resource -> resource.stringSetValue().size())
        .sum();
  }

  private static int integer(ContainerInstance one, String name) {
    return one.remainingResources().stream()
        .filter(resource -> resource.name().equals(name) && resource.integerValue() != null)
        .mapToInt(Resource::integerValue)
        .sum();
  }

  private static int sumCpu(TaskDefinition definition) {
    return definition.containerDefinitions().stream()
        .mapToInt(one -> one.cpu() == null ? 0 : one.cpu())
        .sum();
  }

  private static int sumMemory(TaskDefinition definition) {
    int sum = 0;
    for (ContainerDefinition one : definition.containerDefinitions()) {
      Integer own = one.memoryReservation() == null ? one.memory() : one.memoryReservation();
      sum += own == null ? 0 : own;
    }
    return sum;
  }

  private static int number(@Nullable String text, int otherwise) {
    return text == null || !text.chars().allMatch(Character::isDigit) || text.isEmpty()
        ? otherwise
        : Integer.parseInt(text);
  }
}
