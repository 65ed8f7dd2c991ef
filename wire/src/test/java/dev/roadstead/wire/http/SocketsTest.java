package dev.roadstead.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.api.Sockets;
import dev.roadstead.wire.sigv4.Policy;
import dev.roadstead.wire.sigv4.SdkSigner;
import dev.roadstead.wire.sigv4.SignedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SocketsTest {
  private static final String PATH = "/acs/ws?clusterArn=default&dockerVersion=DockerVersion%3A+20";

  /// A session that echoes, and notes what happens to it.
  private static final class Echo implements Sockets.Session {
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private Sockets.@Nullable Peer peer;

    @Override
    public void opened(Sockets.Peer opened) {
      peer = opened;
      events.add("opened");
    }

    @Override
    public void received(String text) {
      if (text.equals("fail")) {
        throw new IllegalStateException("for the test of broken sessions");
      }
      if (text.equals("bye")) {
        peer().close(1000, "as you like");
        return;
      }
      peer().send(text);
    }

    @Override
    public void closed(int code, String reason) {
      events.add("closed " + code + " " + reason);
    }

    Sockets.Peer peer() {
      if (peer == null) {
        throw new IllegalStateException("not open");
      }
      return peer;
    }
  }

  /// The other side.
  private static final class Client implements WebSocket.Listener {
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        events.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      events.add("pong " + StandardCharsets.UTF_8.decode(message));
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      events.add("closed " + code + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      events.add("broken");
    }
  }

  private final Echo echo = new Echo();
  private final BlockingQueue<Sockets.Upgrade> upgrades = new LinkedBlockingQueue<>();
  private final World world =
      new World(
          Policy.DEVELOPMENT,
          World.hasty(),
          Map.of(
              "/acs",
              upgrade -> {
                upgrades.add(upgrade);
                return echo;
              },
              "/tcs",
              _ -> {
                throw AwsError.client("InvalidInstanceException", "not yet").refusal();
              }));
  private final HttpClient http = HttpClient.newHttpClient();
  private final Client client = new Client();

  @AfterEach
  void close() {
    http.shutdownNow();
    world.close();
  }

  @Test
  void opensAndEchoesInOrder() throws Exception {
    WebSocket socket = open();
    assertThat(next(echo.events)).isEqualTo("opened");
    Sockets.Upgrade upgrade = upgrades.take();
    assertThat(upgrade.path()).isEqualTo("/acs/ws");
    assertThat(upgrade.query())
        .containsExactly(
            Map.entry("clusterArn", List.of("default")),
            Map.entry("dockerVersion", List.of("DockerVersion: 20")));
    assertThat(upgrade.caller().account()).isEqualTo("123456789012");
    for (int i = 0; i < 500; i++) {
      socket.sendText("message " + i, true).join();
    }
    for (int i = 0; i < 500; i++) {
      assertThat(next(client.events)).isEqualTo("message " + i);
    }
  }

  @Test
  void joinsFragmentsAndTakesLargeMessages() throws Exception {
    WebSocket socket = open();
    socket.sendText("one ", false).join();
    socket.sendText("two ", false).join();
    socket.sendText("äöü🚢", true).join();
    assertThat(next(client.events)).isEqualTo("one two äöü🚢");
    String large = "x".repeat((1 << 20) - 10);
    socket.sendText(large, true).join();
    assertThat(next(client.events)).isEqualTo(large);
  }

  @Test
  void closesOnMessagesThatAreTooLarge() throws Exception {
    WebSocket socket = open();
    socket.sendText("x".repeat(600_000), false).join();
    socket.sendText("x".repeat(600_000), true).handle((_, _) -> true).join();
    assertThat(next(client.events)).startsWith("closed 1009");
    assertThat(next(echo.events)).startsWith("opened");
    assertThat(next(echo.events)).startsWith("closed 1009");
  }

  @Test
  void closesOnBinaryMessages() throws Exception {
    open().sendBinary(ByteBuffer.wrap(new byte[3]), true).join();
    assertThat(next(client.events)).isEqualTo("closed 1003 text messages only");
  }

  @Test
  void answersPings() throws Exception {
    open().sendPing(ByteBuffer.wrap(new byte[] {'h', 'i'})).join();
    assertThat(next(client.events)).isEqualTo("pong hi");
  }

  @Test
  void eitherSideMayClose() throws Exception {
    WebSocket socket = open();
    assertThat(next(echo.events)).startsWith("opened");
    socket.sendClose(1000, "expired").join();
    assertThat(next(echo.events)).isEqualTo("closed 1000 expired");
    assertThatThrownBy(() -> echo.peer().send("late")).isInstanceOf(UncheckedIOException.class);
    echo.peer().close(1000, "again");

    open().sendText("bye", true).join();
    assertThat(next(client.events)).startsWith("closed 1000");
    assertThat(next(client.events)).isEqualTo("closed 1000 as you like");
    assertThat(next(echo.events)).startsWith("opened");
    assertThat(next(echo.events)).startsWith("closed 1000");
    assertThat(echo.events.poll(100, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void noticesPeersThatVanish() throws Exception {
    try (Socket socket = raw(World.AUTHORIZATION, PATH)) {
      assertThat(head(socket)).startsWith("HTTP/1.1 101 ");
      assertThat(next(echo.events)).startsWith("opened");
    }
    assertThat(next(echo.events)).startsWith("closed 1006");
  }

  @Test
  void closesWhenTheSessionFails() throws Exception {
    open().sendText("fail", true).join();
    assertThat(next(client.events)).isEqualTo("closed 1011 internal error");
  }

  @Test
  void closesAllWhenTheListenerCloses() throws Exception {
    open();
    assertThat(next(echo.events)).startsWith("opened");
    world.close();
    assertThat(next(client.events)).startsWith("closed 1001");
    assertThat(next(echo.events)).startsWith("closed");
  }

  @Test
  void sendsFromManyThreads() throws Exception {
    open();
    assertThat(next(echo.events)).startsWith("opened");
    List<Thread> threads =
        IntStream.range(0, 50)
            .mapToObj(i -> Thread.startVirtualThread(() -> echo.peer().send("from " + i)))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    List<String> received =
        IntStream.range(0, 50).mapToObj(_ -> next(client.events)).sorted().toList();
    assertThat(received)
        .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "from " + i).sorted().toList());
  }

  @Test
  void givesUpOnPeersThatDoNotRead() throws Exception {
    try (Socket socket = raw(World.AUTHORIZATION, PATH)) {
      assertThat(head(socket)).startsWith("HTTP/1.1 101 ");
      assertThat(next(echo.events)).startsWith("opened");
      String large = "x".repeat(1 << 20);
      long start = System.nanoTime();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  echo.peer().send(large);
                }
              })
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("too slowly");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(next(echo.events)).startsWith("closed");
    }
  }

  @Test
  void refusesWithAReason() throws Exception {
    assertThat(refusal(World.AUTHORIZATION, "/tcs/ws?a=b"))
        .startsWith("HTTP/1.1 400 ")
        .endsWith("{\"type\":\"InvalidInstanceException\",\"message\":{\"message\":\"not yet\"}}");
    assertThat(refusal("nonsense", PATH))
        .startsWith("HTTP/1.1 400 ")
        .contains("{\"type\":\"IncompleteSignatureException\"");
    assertThat(upgrades).isEmpty();
  }

  @Test
  void refusesWhatIsNotAnUpgrade() throws Exception {
    String get =
        "GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + World.AUTHORIZATION;
    String end = "\r\nX-Amz-Date: 20260301T000000Z\r\nConnection: close\r\n\r\n";
    assertThat(world.exchange(get + end))
        .startsWith("HTTP/1.1 400 ")
        .contains("BadRequestException");
    String old =
        """

        X-Amz-Date: 20260301T000000Z
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 7
        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==

        """
            .replace("\n", "\r\n");
    try (Socket socket = world.connect()) {
      socket.getOutputStream().write((get + old).getBytes(StandardCharsets.UTF_8));
      assertThat(head(socket)).startsWith("HTTP/1.1 4");
    }
    assertThat(upgrades).isEmpty();
  }

  @Test
  void verifiesPresignedUpgrades() throws Exception {
    try (World verified =
        new World(Policy.VERIFIED, Limits.standard(), Map.of("/acs", _ -> echo))) {
      SignedRequest signed =
          SdkSigner.at(Instant.now()).presigned(verified.url(PATH), Duration.ofMinutes(1));
      String url = "ws://127.0.0.1:" + verified.port() + "/acs/ws?" + signed.query();
      http.newWebSocketBuilder().buildAsync(URI.create(url), client).join();
      assertThat(next(echo.events)).startsWith("opened");
      URI altered = URI.create(url.replace("clusterArn=default", "clusterArn=other"));
      assertThatThrownBy(() -> http.newWebSocketBuilder().buildAsync(altered, client).join())
          .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }
  }

  private WebSocket open() {
    return http.newWebSocketBuilder()
        .header("Authorization", World.AUTHORIZATION)
        .header("X-Amz-Date", "20260301T000000Z")
        .connectTimeout(Duration.ofSeconds(5))
        .buildAsync(URI.create("ws://127.0.0.1:" + world.port() + PATH), client)
        .join();
  }

  private Socket raw(String authorization, String path) throws IOException {
    Socket socket = world.connect();
    String request =
        """
        GET %s HTTP/1.1
        Host: localhost
        Connection: Upgrade
        Upgrade: websocket
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==
        X-Amz-Date: 20260301T000000Z
        Authorization: %s

        """
            .formatted(path, authorization)
            .replace("\n", "\r\n");
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private String refusal(String authorization, String path) throws IOException {
    try (Socket socket = raw(authorization, path)) {
      String head = head(socket);
      int at = head.indexOf("Content-Length: ") + 16;
      int length = Integer.parseInt(head.substring(at, head.indexOf('\r', at)));
      byte[] body = socket.getInputStream().readNBytes(length);
      return head + new String(body, StandardCharsets.UTF_8);
    }
  }

  private static String head(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int read = socket.getInputStream().read();
      assertThat(read).isNotNegative();
      head.append((char) read);
    }
    return head.toString();
  }

  private static String next(BlockingQueue<String> events) {
    try {
      String event = events.poll(10, TimeUnit.SECONDS);
      assertThat(event).isNotNull();
      return String.valueOf(event);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
