package dev.roadstead.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.wire.sigv4.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Bounds of size, time and number, each reached over a real connection.
@Timeout(30)
class BoundsTest {
  @Test
  void refusesLargeHeaders() throws IOException {
    try (World world = World.open()) {
      String header = "X-Big: " + "x".repeat(20_000);
      assertThat(
              world.exchange("GET /health HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n"))
          .startsWith("HTTP/1.1 431 ")
          .contains("\"__type\":\"BadRequestException\"");
    }
  }

  @Test
  void refusesLargeBodiesWithAnAnswerTheClientSees() throws IOException {
    try (World world = World.open()) {
      String body = " ".repeat((1 << 20) + 1);
      String known = world.exchange(World.post("ListClusters", body));
      assertThat(known).startsWith("HTTP/1.1 413 ").contains("RequestEntityTooLargeException");
      String chunked =
          World.post("ListClusters", "")
              .replace("Content-Length: 0\r\n", "Transfer-Encoding: chunked\r\n");
      String chunk = "40000\r\n" + " ".repeat(0x40000) + "\r\n";
      assertThat(world.exchange(chunked + chunk.repeat(5) + "0\r\n\r\n"))
          .startsWith("HTTP/1.1 413 ");
      String fits = "{" + " ".repeat((1 << 20) - 2) + "}";
      assertThat(world.exchange(World.post("ListClusters", fits))).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void joinsBodiesOfManyChunks() throws IOException {
    try (World world = World.open()) {
      String head =
          World.post("ListClusters", "")
              .replace("Content-Length: 0\r\n", "Transfer-Encoding: chunked\r\n");
      String body = "{" + " ".repeat(100_000) + "}";
      StringBuilder chunks = new StringBuilder(head);
      body.chars().forEach(c -> chunks.append("1\r\n").append((char) c).append("\r\n"));
      assertThat(world.exchange(chunks + "0\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void boundsTheBytesOfAllBodies() throws IOException {
    try (World world = new World(Policy.DEVELOPMENT, World.hasty(), Map.of())) {
      List<Socket> open = new ArrayList<>();
      String request = World.post("ListClusters", "{" + " ".repeat(99_998) + "}");
      try {
        for (int i = 0; i < 5; i++) {
          open.add(world.connect());
          send(open.getLast(), request.substring(0, request.length() - 1));
        }
        List<String> answers = new ArrayList<>();
        for (Socket socket : open) {
          answers.add(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(answers).anyMatch(answer -> answer.contains("ThrottlingException"));
        assertThat(answers).anyMatch(answer -> answer.contains("RequestTimeoutException"));
        assertThat(world.exchange(request)).startsWith("HTTP/1.1 200 ");
      } finally {
        for (Socket socket : open) {
          socket.close();
        }
      }
    }
  }

  @Test
  void endsBodiesThatTrickle() throws IOException {
    try (World world = new World(Policy.DEVELOPMENT, World.hasty(), Map.of())) {
      String request = World.post("ListClusters", "{" + " ".repeat(1000) + "}");
      String answer = trickle(world, request, request.indexOf("\r\n\r\n") + 6);
      assertThat(answer).startsWith("HTTP/1.1 408 ").contains("RequestTimeoutException");
    }
  }

  @Test
  void endsHeadersThatTrickle() throws IOException {
    try (World world = new World(Policy.DEVELOPMENT, World.hasty(), Map.of())) {
      String request =
          World.post("ListClusters", "{}").replace("\r\n\r\n", "\r\nA: " + "x".repeat(999));
      assertThat(trickle(world, request, 100)).isEmpty();
    }
  }

  @Test
  void endsConnectionsWithoutARequest() throws IOException {
    try (World world = new World(Policy.DEVELOPMENT, World.hasty(), Map.of());
        Socket socket = world.connect()) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void keepsIdleConnectionsThatHaveServed() throws Exception {
    try (World world = new World(Policy.DEVELOPMENT, World.hasty(), Map.of());
        Socket socket = world.connect()) {
      String request = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";
      ask(socket, request);
      // Longer than the time for a first request or for headers.
      assertThat(new CountDownLatch(1).await(1600, TimeUnit.MILLISECONDS)).isFalse();
      ask(socket, request);
    }
  }

  @Test
  void capsConnections() throws Exception {
    try (World world = new World(Policy.DEVELOPMENT, World.hasty(), Map.of())) {
      List<Socket> open = new ArrayList<>();
      try {
        for (int i = 0; i < World.hasty().connections(); i++) {
          open.add(world.connect());
          ask(open.getLast(), "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        try (Socket more = world.connect()) {
          assertThat(ends(more)).isTrue();
        }
        open.removeFirst().close();
        assertThat(served(world)).isTrue();
      } finally {
        for (Socket socket : open) {
          socket.close();
        }
      }
    }
  }

  @Test
  void throttlesWhenTooManyRequestsAreUnderWay() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Limits limits = one(Limits.standard());
    try (World world =
        new World(
            Policy.DEVELOPMENT,
            limits,
            Map.of(),
            World.blocking(
                (operation, request, caller) -> {
                  inside.countDown();
                  awaitQuietly(go);
                  return World.answer(operation, request, caller.account());
                }))) {
      try (Socket slow = world.connect()) {
        send(slow, World.post("ListClusters", "{}"));
        assertThat(inside.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(world.exchange(World.post("ListClusters", "{}")))
            .startsWith("HTTP/1.1 400 ")
            .contains("{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}");
        go.countDown();
        assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .startsWith("HTTP/1.1 200 ");
      }
    }
  }

  /// Sends the rest of a request byte by byte; what comes back until the other side closes.
  private static String trickle(World world, String request, int at) throws IOException {
    byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
    try (Socket socket = world.connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(bytes, 0, at);
      socket.setSoTimeout(50);
      InputStream in = socket.getInputStream();
      StringBuilder answer = new StringBuilder();
      for (int i = at; i < bytes.length; i++) {
        try {
          out.write(bytes[i]);
          int read = in.read();
          if (read < 0) {
            return answer.toString();
          }
          answer.append((char) read);
          answer.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
          return answer.toString();
        } catch (SocketTimeoutException _) {
          assertThat(answer).isEmpty();
        } catch (SocketException _) {
          return answer.toString();
        }
      }
      throw new AssertionError("the whole request was taken");
    }
  }

  private static void send(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
  }

  /// A request on a connection that stays open, answered with 200.
  private static void ask(Socket socket, String request) throws IOException {
    send(socket, request);
    StringBuilder answer = new StringBuilder();
    while (!answer.toString().endsWith("ok\n")) {
      int read = socket.getInputStream().read();
      assertThat(read).isNotNegative();
      answer.append((char) read);
    }
    assertThat(answer.toString()).startsWith("HTTP/1.1 200 ");
  }

  private static boolean ends(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException _) {
      return true;
    }
  }

  /// Whether a new connection is served, tried for a while.
  private static boolean served(World world) {
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (System.nanoTime() < deadline) {
      try (Socket socket = world.connect()) {
        send(socket, "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        if (socket.getInputStream().readAllBytes().length > 0) {
          return true;
        }
      } catch (IOException _) {
        Thread.onSpinWait();
      }
    }
    return false;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Limits one(Limits limits) {
    return new Limits(
        limits.headerBytes(),
        limits.bodyBytes(),
        limits.bodiesBytes(),
        limits.headerTime(),
        limits.bodyTime(),
        limits.requestTime(),
        limits.idleTime(),
        limits.connections(),
        1,
        limits.messageBytes(),
        limits.socketIdleTime(),
        limits.sendTime());
  }
}
