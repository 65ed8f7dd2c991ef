package dev.roadstead.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.wire.api.Sockets;
import dev.roadstead.wire.sigv4.Policy;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class LoopbackGuardTest {
  private final LoopbackGuard guard = new LoopbackGuard(Policy.DEVELOPMENT, "Box");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1:4566",
        "127.255.3.4:80",
        "localhost",
        "LocalHost:4566",
        "ecs.us-east-1.localhost:4566",
        "[::1]",
        "[::1]:4566",
        "box:4566",
      })
  void servesHostsOfThisMachine(String host) {
    assertThat(guard.reason(host, null)).isNull();
    assertThat(guard.reason(host, "http://" + host)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil.example",
        "evil.example:4566",
        "localhost.evil.example:4566",
        "notlocalhost",
        "127.0.0.1.evil.example",
        "127.0.0.1.2",
        "127.0.0",
        "127.0.0.x",
        "127.0.0.0001",
        "128.0.0.1",
        "0.0.0.0:4566",
        "10.0.0.1:4566",
        "[::2]:4566",
        "[::1].evil.example",
        "evil.example/.localhost",
        "evil.example:80@a.localhost",
        "localhost@evil.example",
        "localhost:4566@evil.example",
        "localhost:evil",
      })
  void refusesHostsOfOthers(String host) {
    assertThat(guard.reason("localhost", null)).isNull();
    assertThat(guard.reason(host, null)).contains("Host header must be localhost");
    assertThat(guard.reason("localhost", "http://" + host)).contains("Origin");
    assertThat(guard.reason("localhost", null)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "localhost", "://localhost", "file://", "http://localhost/x"})
  void refusesOddOrigins(String origin) {
    assertThat(guard.reason("localhost", origin)).contains("Origin");
  }

  @Test
  void servesRequestsOlderThanHostHeaders() throws IOException {
    try (World world = World.open()) {
      assertThat(world.exchange("GET /health HTTP/1.0\r\n\r\n")).contains(" 200 ");
    }
  }

  @Test
  void refusesOverHttpInTheFormOfAws() throws IOException {
    try (World world = World.open()) {
      String good = World.post("ListClusters", "{}");
      String rebound = good.replace("Host: localhost", "Host: evil.example");
      assertThat(world.exchange(rebound))
          .startsWith("HTTP/1.1 403 ")
          .contains("{\"__type\":\"AccessDeniedException\",\"message\":\"This server");
      String crossSite = good.replace("\r\nConn", "\r\nOrigin: https://evil.example\r\nConn");
      assertThat(world.exchange(crossSite)).startsWith("HTTP/1.1 403 ").contains("Origin");
      String ours = good.replace("\r\nConn", "\r\nOrigin: http://localhost:3000\r\nConn");
      assertThat(world.exchange(ours)).startsWith("HTTP/1.1 200 ");
      assertThat(world.exchange("GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 403 ");
    }
  }

  @Test
  void refusesWebsocketsBeforeAnybodyHearsOfThem() throws IOException {
    Sockets.Acceptor nobody =
        _ -> {
          throw new AssertionError("asked for a page of another host");
        };
    try (World world = new World(Policy.DEVELOPMENT, Limits.standard(), Map.of("/acs", nobody))) {
      assertThat(world.exchange(upgrade("evil.example", "http://localhost")))
          .startsWith("HTTP/1.1 403 ")
          .contains("{\"type\":\"AccessDeniedException\",\"message\":{\"message\":\"This server");
      assertThat(world.exchange(upgrade("localhost", "https://evil.example")))
          .startsWith("HTTP/1.1 403 ")
          .contains("Origin");
    }
  }

  @Test
  void leavesVerifiedListenersAlone() throws IOException {
    try (World world = new World(Policy.VERIFIED, Limits.standard(), Map.of())) {
      String odd = "Host: ecs.example\r\nOrigin: https://ui.example\r\n";
      assertThat(world.exchange("GET / HTTP/1.1\r\n" + odd + "Connection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  private static String upgrade(String host, String origin) {
    return """
        GET /acs/ws HTTP/1.1
        Host: %s
        Origin: %s
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==

        """
        .formatted(host, origin)
        .replace("\n", "\r\n");
  }
}
