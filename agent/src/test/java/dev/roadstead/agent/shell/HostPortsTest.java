package dev.roadstead.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.agent.core.NodeSettings;
import dev.roadstead.agent.core.NodeState;
import dev.roadstead.agent.engine.EngineTrouble;
import dev.roadstead.link.api.NetworkBinding;
import dev.roadstead.link.task.Container;
import dev.roadstead.link.task.Container.PortMapping;
import dev.roadstead.link.task.ContainerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Host ports for containers that ask for none, below the kernel's ephemeral range, where only this
/// test takes any.
class HostPortsTest {
  private static final int LOW = 23_456;

  private static HostPorts ports(int count, String... reserved) {
    var settings =
        new NodeSettings(
            "default",
            1024,
            1024,
            List.of(reserved),
            List.of(),
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            10,
            Duration.ofSeconds(1));
    NodeState state = NodeState.empty(settings);
    return new HostPorts(LOW, LOW + count - 1, () -> state);
  }

  private static Container container(PortMapping... mappings) {
    return ContainerBuilder.builder()
        .name("main")
        .image("i")
        .portMappings(List.of(mappings))
        .build();
  }

  private static PortMapping port(int port, @Nullable String protocol) {
    return new PortMapping(port, 0, protocol, null);
  }

  private static PortMapping range(String range, @Nullable String protocol) {
    return new PortMapping(null, null, protocol, range);
  }

  private static NetworkBinding bound(String range, String hosts, String protocol) {
    return new NetworkBinding("0.0.0.0", null, null, protocol, range, hosts);
  }

  @Test
  void aRangeIsABlockAndEachProtocolHasItsOwnPorts() throws EngineTrouble {
    HostPorts ports = ports(10);
    Container container =
        container(range("9000-9003", null), port(53, "tcp"), range("53-54", "udp"));
    assertThat(ports.bind("a", container))
        .containsExactly(
            bound("9000-9003", LOW + "-" + (LOW + 3), "tcp"),
            new NetworkBinding("0.0.0.0", 53, LOW + 4, "tcp", null, null),
            bound("53-54", (LOW + 5) + "-" + (LOW + 6), "udp"));
    assertThat(ports.bind("b", container(range("1-3", "tcp"))).getFirst().hostPortRange())
        .isEqualTo((LOW + 7) + "-" + (LOW + 9));
    assertThat(ports.bind("c", container(range("1-5", "udp"))).getFirst().hostPortRange())
        .as("free for UDP, round the end")
        .isEqualTo(LOW + "-" + (LOW + 4));
  }

  @Test
  void leavesReservedPortsAndThoseThatOthersListenOn() throws Exception {
    HostPorts ports = ports(8, (LOW + 1) + "/tcp", LOW + "/udp");
    try (var other = new ServerSocket()) {
      other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), LOW + 4));
      assertThat(hosts(ports, "a", range("1-2", "tcp"))).isEqualTo((LOW + 2) + "-" + (LOW + 3));
      assertThat(hosts(ports, "b", range("1-3", "tcp"))).isEqualTo((LOW + 5) + "-" + (LOW + 7));
      assertThat(ports.bind("c", container(port(1, "tcp"))).getFirst().hostPort()).isEqualTo(LOW);
    }
  }

  @Test
  void whatIsReleasedIsFreeAgainAndTooMuchIsSaid() throws EngineTrouble {
    HostPorts ports = ports(4);
    ports.bind("a", container(range("1-4", "tcp")));
    assertThatThrownBy(() -> ports.bind("b", container(port(1, "tcp"))))
        .isInstanceOf(EngineTrouble.class)
        .hasMessage("no 1 free tcp host ports in a row between %d and %d", LOW, LOW + 3);
    assertThatThrownBy(() -> ports.bind("b", container(range("1-5", "udp"))))
        .hasMessage("no 5 free udp host ports in a row between %d and %d", LOW, LOW + 3);
    ports.release("a");
    assertThat(hosts(ports, "b", range("1-4", "tcp"))).isEqualTo(LOW + "-" + (LOW + 3));
  }

  private static @Nullable String hosts(HostPorts ports, String owner, PortMapping mapping)
      throws EngineTrouble {
    return ports.bind(owner, container(mapping)).getFirst().hostPortRange();
  }
}
