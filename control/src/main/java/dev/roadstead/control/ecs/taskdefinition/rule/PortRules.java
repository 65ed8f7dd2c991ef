package dev.roadstead.control.ecs.taskdefinition.rule;

import dev.roadstead.control.ecs.api.EcsErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;

/// The rules of port mappings. Source: ECS API reference, PortMapping.
final class PortRules {
  private static final int PORT_MAX = 65_535;

  /// Source: ECS API reference, PortMapping, `containerPortRange`.
  private static final int RANGES_MAX = 100;

  private static final Pattern NAME = Pattern.compile("[a-z0-9_][a-z0-9_-]{0,63}");
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})-([0-9]{1,5})");

  private PortRules() {}

  /// Ports that are taken, from first to last, both inclusive.
  private record Taken(boolean udp, int first, int last) {
    boolean overlaps(Taken other) {
      return udp == other.udp && first <= other.last && other.first <= last;
    }
  }

  static void check(Draft draft) {
    Set<String> names = new HashSet<>();
    List<Taken> shared = new ArrayList<>();
    List<Taken> hostPorts = new ArrayList<>();
    for (ContainerDefinition container : draft.containers()) {
      List<Taken> own = draft.bridge() ? new ArrayList<>() : shared;
      int ranges = 0;
      for (PortMapping port : container.portMappings()) {
        checkOne(port, container, draft);
        checkName(port.name(), names);
        ranges += port.containerPortRange() == null ? 0 : 1;
        take(port, container, draft, own);
        takeHostPort(port, hostPorts);
      }
      if (ranges > RANGES_MAX) {
        throw EcsErrors.client(
            "The number of port ranges of a container cannot exceed " + RANGES_MAX + ".");
      }
    }
  }

  private static void checkOne(PortMapping port, ContainerDefinition container, Draft draft) {
    if (draft.networkless()) {
      throw EcsErrors.client("Port mappings are not supported when networkMode=none.");
    }
    boolean ranged = port.containerPortRange() != null;
    if (ranged && (isSet(port.containerPort()) || isSet(port.hostPort()))) {
      throw EcsErrors.client("cannot specify both single port and port range");
    }
    if (ranged) {
      if (draft.host() || range(port) == null) {
        throw EcsErrors.client("Invalid 'containerPortRange' setting");
      }
      return;
    }
    if (port.containerPort() == null || !ContainerRules.within(port.containerPort(), 1, PORT_MAX)) {
      throw ContainerRules.invalid("containerPort", container);
    }
    if (!ContainerRules.within(port.hostPort(), 0, PORT_MAX)) {
      throw ContainerRules.invalid("hostPort", container);
    }
    if (!draft.bridge()
        && isSet(port.hostPort())
        && !port.hostPort().equals(port.containerPort())) {
      throw EcsErrors.client(
          "When networkMode="
              + draft.request().networkModeAsString()
              + ", the host ports and container ports in port mappings must match.");
    }
  }

  private static boolean isSet(@Nullable Integer port) {
    return port != null && port != 0;
  }

  private static void checkName(@Nullable String name, Set<String> names) {
    if (name == null) {
      return;
    }
    if (!NAME.matcher(name).matches()) {
      throw EcsErrors.client("Invalid port mapping name '" + name + "'.");
    }
    if (!names.add(name)) {
      throw EcsErrors.client("port mapping name is already used");
    }
  }

  private static void take(
      PortMapping port, ContainerDefinition container, Draft draft, List<Taken> before) {
    Taken taken = range(port);
    if (taken == null) {
      taken = new Taken(udp(port), port.containerPort(), port.containerPort());
    }
    for (Taken other : before) {
      if (taken.overlaps(other) && !rebound(port, other, container, draft)) {
        throw EcsErrors.client("container port is used multiple times in task");
      }
    }
    before.add(taken);
  }

  /// In bridge mode one container port may be bound to several host ports.
  private static boolean rebound(
      PortMapping port, Taken other, ContainerDefinition container, Draft draft) {
    return draft.bridge()
        && port.containerPortRange() == null
        && other.first() == other.last()
        && container.portMappings().size() > 1;
  }

  private static void takeHostPort(PortMapping port, List<Taken> before) {
    if (!isSet(port.hostPort())) {
      return;
    }
    Taken taken = new Taken(udp(port), port.hostPort(), port.hostPort());
    if (before.stream().anyMatch(taken::overlaps)) {
      throw EcsErrors.client("host port is used multiple times in task");
    }
    before.add(taken);
  }

  private static @Nullable Taken range(PortMapping port) {
    if (port.containerPortRange() == null) {
      return null;
    }
    Matcher matcher = RANGE.matcher(port.containerPortRange());
    if (!matcher.matches()) {
      return null;
    }
    int first = Integer.parseInt(matcher.group(1));
    int last = Integer.parseInt(matcher.group(2));
    return first >= 1 && first < last && last <= PORT_MAX
        ? new Taken(udp(port), first, last)
        : null;
  }

  private static boolean udp(PortMapping port) {
    return port.protocol() == TransportProtocol.UDP;
  }
}
