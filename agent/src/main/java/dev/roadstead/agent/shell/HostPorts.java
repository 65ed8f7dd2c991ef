package dev.roadstead.agent.shell;

import dev.roadstead.agent.core.ContainerState;
import dev.roadstead.agent.core.NodeState;
import dev.roadstead.agent.core.PortRanges;
import dev.roadstead.agent.core.TaskState;
import dev.roadstead.agent.engine.EngineTrouble;
import dev.roadstead.link.api.NetworkBinding;
import dev.roadstead.link.task.Container;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Gives host ports to containers that ask for none in particular: from the low end of a range
/// upwards, round and round; ranges get a contiguous block. Never a reserved port of the host, nor
/// one that a task has asked for by its number. Asks the kernel whether a port is free. Safe from
/// any thread.
final class HostPorts {
  private final int low;
  private final int high;
  private final Supplier<NodeState> state;
  private final Map<String, String> reserved = new TreeMap<>();
  private int cursor;

  HostPorts(int low, int high, Supplier<NodeState> state) {
    this.low = low;
    this.high = high;
    this.state = state;
    this.cursor = low;
  }

  /// Bindings of a container, as reported: a range is one binding.
  ///
  /// @param owner told again to release
  /// @throws EngineTrouble when so many ports are not free
  synchronized List<NetworkBinding> bind(String owner, Container container) throws EngineTrouble {
    var held = held();
    var bindings = new ArrayList<NetworkBinding>();
    for (Container.PortMapping mapping : container.portMappings()) {
      String protocol = mapping.protocol() == null ? "tcp" : mapping.protocol();
      String range = mapping.containerPortRange();
      Integer port = mapping.containerPort();
      Integer wished = mapping.hostPort();
      if (range != null) {
        int[] ends = PortRanges.ends(range);
        int count = ends[1] - ends[0] + 1;
        int first = take(owner, count, protocol, held);
        String hostRange = first + "-" + (first + count - 1);
        bindings.add(new NetworkBinding("0.0.0.0", null, null, protocol, range, hostRange));
      } else if (port != null) {
        int given = wished == null || wished == 0 ? take(owner, 1, protocol, held) : wished;
        bindings.add(new NetworkBinding("0.0.0.0", port, given, protocol, null, null));
      }
    }
    return bindings;
  }

  /// The ports are in the core's books now, or not wanted any more.
  synchronized void release(String owner) {
    reserved.values().removeIf(owner::equals);
  }

  private Set<String> held() {
    var held = new TreeSet<>(reserved.keySet());
    NodeState node = state.get();
    held.addAll(node.settings().reservedPorts());
    for (TaskState task : node.tasks().values()) {
      held.addAll(task.demand().ports());
      for (ContainerState container : task.containers()) {
        if (!container.stopped()) {
          for (NetworkBinding binding : PortRanges.single(container.bindings())) {
            held.add(binding.hostPort() + "/" + binding.protocol());
          }
        }
      }
    }
    return held;
  }

  private int take(String owner, int count, String protocol, Set<String> held)
      throws EngineTrouble {
    int size = high - low + 1;
    int start = cursor;
    for (int tried = 0; tried < size; tried++) {
      int first = low + (start - low + tried) % size;
      if (first + count - 1 <= high && free(first, count, protocol, held)) {
        for (int port = first; port < first + count; port++) {
          reserved.put(port + "/" + protocol, owner);
          held.add(port + "/" + protocol);
        }
        cursor = first + count > high ? low : first + count;
        return first;
      }
    }
    throw new EngineTrouble(
        EngineTrouble.Kind.REFUSED,
        "no "
            + count
            + " free "
            + protocol
            + " host ports in a row between "
            + low
            + " and "
            + high);
  }

  private static boolean free(int first, int count, String protocol, Set<String> held) {
    for (int port = first; port < first + count; port++) {
      if (held.contains(port + "/" + protocol) || !unbound(port, protocol)) {
        return false;
      }
    }
    return true;
  }

  private static boolean unbound(int port, String protocol) {
    if (protocol.equals("udp")) {
      try (DatagramSocket _ = new DatagramSocket(port)) {
        return true;
      } catch (IOException e) {
        return false;
      }
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
