package dev.roadstead.server.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngineSocketTest {
  @Test
  void sendsAFileAndReadsTheAnswer(@TempDir Path temp) throws IOException {
    Path file = Files.writeString(temp.resolve("body"), "x".repeat(100_000));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          int size = exchange.getRequestBody().readAllBytes().length;
          byte[] body = (exchange.getRequestURI() + " " + size).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(201, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      EngineSocket socket =
          new EngineSocket(URI.create("tcp://127.0.0.1:" + server.getAddress().getPort()));
      EngineSocket.Answer answer =
          socket.request("POST", "/images/create?a=b", file, Duration.ofSeconds(10));
      assertThat(answer).isEqualTo(new EngineSocket.Answer(201, "/images/create?a=b 100000"));
      assertThat(socket.answers()).isTrue();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void saysThatNobodyAnswers(@TempDir Path temp) {
    assertThat(EngineSocket.unix(temp.resolve("none.sock")).answers()).isFalse();
  }

  @Test
  void refusesOtherSchemes() {
    assertThatThrownBy(() -> EngineSocket.of("ssh://host"))
        .isInstanceOf(Missing.class)
        .hasMessageContaining("unix:///path or tcp://host:port");
  }
}
