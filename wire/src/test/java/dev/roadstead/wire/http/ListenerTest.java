package dev.roadstead.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.wire.sigv4.Keys;
import dev.roadstead.wire.sigv4.Policy;
import dev.roadstead.wire.sigv4.SdkSigner;
import dev.roadstead.wire.sigv4.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.EcsException;

@Timeout(30)
class ListenerTest {
  @Test
  void servesTheSdksClient() {
    try (World world = new World(Policy.VERIFIED, Limits.standard(), Map.of());
        EcsClient ecs = client(world, SdkSigner.SECRET)) {
      assertThat(ecs.listClusters().clusterArns())
          .containsExactly("arn:aws:ecs:us-east-1:123456789012:cluster/default");
      // The SDK makes up a client token.
      assertThatThrownBy(() -> ecs.runTask(r -> r.cluster("c").taskDefinition("t").count(1)))
          .isInstanceOfSatisfying(
              ConflictException.class,
              e -> assertThat(e.resourceIds()).containsExactly("arn:1", "arn:2"));
      assertThatThrownBy(() -> ecs.createCluster(r -> r.clusterName("c")))
          .isInstanceOfSatisfying(
              EcsException.class,
              e -> {
                assertThat(e.statusCode()).isEqualTo(400);
                assertThat(e.requestId()).hasSize(36);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ClientException");
                assertThat(e.awsErrorDetails().errorMessage())
                    .isEqualTo("CreateCluster is refused.");
              });
    }
  }

  @Test
  void refusesTheSdksClientWithTheWrongSecret() {
    try (World world = new World(Policy.VERIFIED, Limits.standard(), Map.of());
        EcsClient ecs = client(world, "wrong")) {
      assertThatThrownBy(ecs::listClusters)
          .isInstanceOfSatisfying(
              EcsException.class,
              e ->
                  assertThat(e.awsErrorDetails().errorCode())
                      .isEqualTo("InvalidSignatureException"));
    }
  }

  @Test
  void answersBrokenOperationsWithAServerException() throws IOException {
    try (World world = World.open()) {
      String answer = world.exchange(World.post("RunTask", "{\"cluster\":\"broken\"}"));
      assertThat(answer).startsWith("HTTP/1.1 500 ").contains("\"__type\":\"ServerException\"");
      assertThat(answer).doesNotContain("IllegalState");
    }
  }

  @Test
  void healthTellsWhetherAWriteWouldSucceed() throws IOException {
    try (World world = World.open()) {
      String get = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      assertThat(world.exchange(get)).startsWith("HTTP/1.1 200 ");
      world.healthy.set(false);
      assertThat(world.exchange(get)).startsWith("HTTP/1.1 503 ");
    }
  }

  @Test
  void answersOtherPathsAndMethods() throws IOException {
    String rest = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    try (World world = World.open()) {
      assertThat(world.exchange("GET /" + rest)).startsWith("HTTP/1.1 200 ").contains("Roadstead");
      assertThat(world.exchange("GET /nothing" + rest))
          .startsWith("HTTP/1.1 404 ")
          .contains("UnknownOperationException");
      assertThat(world.exchange("DELETE /" + rest))
          .startsWith("HTTP/1.1 405 ")
          .containsIgnoringCase("Allow: GET, HEAD, POST");
      assertThat(world.exchange("HEAD /health" + rest)).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage\r\n\r\n",
        "POST / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET /health HTTP/1.1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0",
        "GET /a%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /%2e%2e/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
      })
  void refusesWhatIsNotHttp(String request) throws IOException {
    try (World world = World.open()) {
      assertThat(world.exchange(request)).startsWith("HTTP/1.1 4").contains("\"__type\":");
    }
  }

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

  @Test
  void keepsUnverifiedSignaturesToLoopback() {
    Verifier verifier = new Verifier(Policy.DEVELOPMENT, Keys.NONE, InstantSource.system());
    Routes routes =
        new Routes(
            List.of(),
            (_, _, request, _) -> CompletableFuture.completedStage(request),
            verifier,
            () -> true,
            Map.of());
    assertThatThrownBy(() -> Listener.start(ListenerConfig.of("0.0.0.0", 0), routes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("beyond loopback");
  }

  @Test
  void saysWhenThePortIsTaken() {
    try (World world = World.open()) {
      Verifier verifier = new Verifier(Policy.VERIFIED, Keys.NONE, InstantSource.system());
      Routes routes =
          new Routes(
              List.of(),
              (_, _, request, _) -> CompletableFuture.completedStage(request),
              verifier,
              () -> true,
              Map.of());
      assertThatThrownBy(() -> Listener.start(ListenerConfig.of("127.0.0.1", world.port()), routes))
          .isInstanceOf(IOException.class);
    }
  }

  private static EcsClient client(World world, String secret) {
    return EcsClient.builder()
        .endpointOverride(URI.create(world.url("")))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(SdkSigner.KEY_ID, secret)))
        .build();
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
