package dev.roadstead.server.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.roadstead.agent.shell.AgentId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ContainersTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Containers containers;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String method = exchange.getRequestMethod();
          asked.add(method + " " + exchange.getRequestURI());
          byte[] body = "[{\"Id\":\"aa\"},{\"Id\":\"bb\"}]".getBytes(StandardCharsets.UTF_8);
          if (method.equals("GET")) {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          } else {
            exchange.sendResponseHeaders(204, -1);
          }
          exchange.close();
        });
    server.start();
    containers =
        new Containers(
            new EngineSocket(URI.create("tcp://127.0.0.1:" + server.getAddress().getPort())));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void asksOnlyForThoseOfTheAgent() throws IOException {
    AgentId agent = new AgentId("0123456789abcdef0123456789abcdef");
    assertThat(containers.removeOf(agent)).isEqualTo(2);
    assertThat(asked)
        .containsExactly(
            "GET /containers/json?all=1&filters=%7B%22label%22%3A%5B%22dev.roadstead.agent"
                + "%3D0123456789abcdef0123456789abcdef%22%5D%7D",
            "DELETE /containers/aa?force=1&v=1", "DELETE /containers/bb?force=1&v=1");
  }

  @Test
  void emptiesAPrivateEngine() throws IOException {
    assertThat(containers.removeAll()).isEqualTo(2);
    assertThat(asked).first().isEqualTo("GET /containers/json?all=1&filters=%7B%7D");
  }
}
