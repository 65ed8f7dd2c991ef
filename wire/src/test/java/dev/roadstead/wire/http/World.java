package dev.roadstead.wire.http;

import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.api.Caller;
import dev.roadstead.wire.api.Dispatcher;
import dev.roadstead.wire.api.OperationShape;
import dev.roadstead.wire.api.Protocol;
import dev.roadstead.wire.api.ServiceShape;
import dev.roadstead.wire.api.Sockets;
import dev.roadstead.wire.sigv4.Keys;
import dev.roadstead.wire.sigv4.Policy;
import dev.roadstead.wire.sigv4.SdkSigner;
import dev.roadstead.wire.sigv4.Verifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;

/// An open listener with a small ECS behind it.
final class World implements AutoCloseable {
  static final String TARGET = "AmazonEC2ContainerServiceV20141113";
  static final String AUTHORIZATION =
      "AWS4-HMAC-SHA256 Credential=123456789012/20260301/us-east-1/ecs/aws4_request,"
          + " SignedHeaders=host, Signature="
          + "0".repeat(64);
  static final Keys.Key KEY =
      new Keys.Key(SdkSigner.SECRET, "123456789012", "arn:aws:iam::123456789012:user/ann");

  final AtomicBoolean healthy = new AtomicBoolean(true);
  private final Listener listener;

  World(Policy policy, Limits limits, Map<String, Sockets.Acceptor> sockets) {
    this(
        policy,
        limits,
        sockets,
        blocking((operation, request, caller) -> answer(operation, request, caller.account())));
  }

  /// Performs a request and may block.
  interface Performer {
    SdkPojo perform(OperationShape operation, SdkPojo request, Caller caller);
  }

  /// A dispatcher whose answers come from a thread of their own, as the engine's do.
  static Dispatcher blocking(Performer performer) {
    return (_, operation, request, caller) ->
        CompletableFuture.supplyAsync(
            () -> performer.perform(operation, request, caller), Thread::startVirtualThread);
  }

  World(
      Policy policy, Limits limits, Map<String, Sockets.Acceptor> sockets, Dispatcher dispatcher) {
    ServiceShape ecs =
        new ServiceShape(
            "ecs",
            Protocol.JSON_1_1,
            TARGET,
            List.of(
                new OperationShape("ListClusters", ListClustersRequest::builder),
                new OperationShape("CreateCluster", CreateClusterRequest::builder),
                new OperationShape("RunTask", RunTaskRequest::builder)),
            List.of("ExecuteCommand"));
    Keys keys = (id, token) -> id.equals(SdkSigner.KEY_ID) && token == null ? KEY : null;
    Verifier verifier = new Verifier(policy, keys, InstantSource.system());
    Routes routes = new Routes(List.of(ecs), dispatcher, verifier, healthy::get, sockets);
    try {
      listener = Listener.start(new ListenerConfig("127.0.0.1", 0, limits), routes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static World open() {
    return new World(Policy.DEVELOPMENT, Limits.standard(), Map.of());
  }

  /// Lists one cluster, named by the caller's account; refuses everything else in several ways.
  static SdkPojo answer(OperationShape operation, SdkPojo request, String account) {
    return switch (request) {
      case ListClustersRequest _ ->
          ListClustersResponse.builder()
              .clusterArns("arn:aws:ecs:us-east-1:" + account + ":cluster/default")
              .build();
      case RunTaskRequest run when "default".equals(run.cluster()) ->
          RunTaskResponse.builder().tasks(List.of()).failures(List.of()).build();
      case RunTaskRequest run when "broken".equals(run.cluster()) ->
          throw new IllegalStateException("for the test of broken operations");
      case RunTaskRequest run when run.clientToken() != null -> {
        var error = AwsError.client("ConflictException", "The token is taken.");
        error.members().put("resourceIds", List.of("arn:1", "arn:2"));
        throw error.refusal();
      }
      case RunTaskRequest _ ->
          throw AwsError.client("ClusterNotFoundException", "Cluster not found.").refusal();
      default ->
          throw AwsError.client("ClientException", operation.name() + " is refused.").refusal();
    };
  }

  int port() {
    return listener.port();
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /// A connection whose reads fail after 10 s.
  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  /// Sends bytes as they are, and returns what comes back until the other side closes.
  String exchange(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// A request for an operation, after which the connection is closed.
  static String post(String operation, String body) {
    return "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + "Content-Type: application/x-amz-json-1.1\r\n"
        + ("X-Amz-Target: " + TARGET + "." + operation + "\r\n")
        + ("Authorization: " + AUTHORIZATION + "\r\nX-Amz-Date: 20260301T000000Z\r\n")
        + ("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
  }

  /// The standard limits with short times, few connections, and 300 kB for all bodies.
  static Limits hasty() {
    Limits limits = Limits.standard();
    Duration second = Duration.ofSeconds(1);
    return new Limits(
        limits.headerBytes(),
        limits.bodyBytes(),
        300_000,
        second,
        second,
        limits.requestTime(),
        limits.idleTime(),
        8,
        limits.requests(),
        limits.messageBytes(),
        limits.socketIdleTime(),
        second);
  }

  @Override
  public void close() {
    listener.close();
  }
}
