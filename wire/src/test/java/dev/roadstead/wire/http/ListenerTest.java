package dev.roadstead.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.wire.sigv4.Keys;
import dev.roadstead.wire.sigv4.Policy;
import dev.roadstead.wire.sigv4.SdkSigner;
import dev.roadstead.wire.sigv4.Verifier;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
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
  void answersThoseWhoHaveSaidAllTheyWill() throws IOException {
    try (World world = World.open();
        Socket socket = world.connect()) {
      String request = World.post("ListClusters", "{}").replace("Connection: close\r\n", "");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() throws IOException {
    String keep = World.post("ListClusters", "{}").replace("Connection: close\r\n", "");
    String other =
        World.post("RunTask", "{\"cluster\":\"nothing\"}").replace("Connection: close\r\n", "");
    int pairs = 100;
    try (World world = World.open()) {
      String answers =
          world.exchange((keep + other).repeat(pairs) + World.post("ListClusters", "{}"));
      List<String> codes =
          Pattern.compile("HTTP/1.1 (\\d+) ")
              .matcher(answers)
              .results()
              .map(r -> r.group(1))
              .toList();
      assertThat(codes).hasSize(2 * pairs + 1);
      for (int i = 0; i < codes.size(); i++) {
        assertThat(codes.get(i)).isEqualTo(i % 2 == 0 ? "200" : "400");
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
}
