package dev.roadstead.agent.core;

import dev.roadstead.link.api.NetworkBinding;
import dev.roadstead.link.task.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Bindings of port ranges, which travel and are shown as one, `9000-9009` to `32768-32777`; to the
/// container engine each port is by itself.
public final class PortRanges {
  private PortRanges() {}

  /// First and last port of `lo-hi`.
  public static int[] ends(String range) {
    String[] ends = range.split("-", 2);
    int first = Integer.parseInt(ends[0].strip());
    return new int[] {first, ends.length < 2 ? first : Integer.parseInt(ends[1].strip())};
  }

  /// The bindings with each range as its single ports.
  public static List<NetworkBinding> single(List<NetworkBinding> bindings) {
    var single = new ArrayList<NetworkBinding>();
    for (NetworkBinding binding : bindings) {
      String range = binding.containerPortRange();
      String hostRange = binding.hostPortRange();
      if (range == null || hostRange == null) {
        single.add(binding);
        continue;
      }
      int[] inside = ends(range);
      int host = ends(hostRange)[0];
      for (int port = inside[0]; port <= inside[1]; port++) {
        single.add(
            new NetworkBinding(
                binding.bindIP(), port, host + port - inside[0], binding.protocol(), null, null));
      }
    }
    return single;
  }

  /// What the engine says of a container, with the ranges of its definition put together again.
  /// What is not all there, or not in a row, stays as it is.
  static List<NetworkBinding> grouped(List<NetworkBinding> single, Container definition) {
    var left = new ArrayList<>(single);
    var grouped = new ArrayList<NetworkBinding>();
    for (Container.PortMapping mapping : definition.portMappings()) {
      String range = mapping.containerPortRange();
      String protocol = mapping.protocol() == null ? "tcp" : mapping.protocol();
      List<NetworkBinding> parts = range == null ? null : row(left, ends(range), protocol);
      if (range != null && parts != null) {
        left.removeAll(parts);
        String hosts = parts.getFirst().hostPort() + "-" + parts.getLast().hostPort();
        String ip = parts.getFirst().bindIP();
        grouped.add(new NetworkBinding(ip, null, null, protocol, range, hosts));
      }
    }
    left.addAll(grouped);
    return left;
  }

  private static @Nullable List<NetworkBinding> row(
      List<NetworkBinding> single, int[] ends, String protocol) {
    Map<Integer, NetworkBinding> byPort = new TreeMap<>();
    for (NetworkBinding one : single) {
      Integer port = one.containerPort();
      if (port != null && one.hostPort() != null && protocol.equals(one.protocol())) {
        byPort.putIfAbsent(port, one);
      }
    }
    var parts = new ArrayList<NetworkBinding>();
    int before = -1;
    for (int port = ends[0]; port <= ends[1]; port++) {
      NetworkBinding one = byPort.get(port);
      Integer host = one == null ? null : one.hostPort();
      if (one == null || host == null || (before >= 0 && host != before + 1)) {
        return null;
      }
      before = host;
      parts.add(one);
    }
    return parts;
  }
}
