package dev.roadstead.server.boot;

import dev.roadstead.link.acs.PayloadMessage;
import dev.roadstead.link.codec.LinkCodec;
import dev.roadstead.link.codec.MalformedMessage;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// An agent's socket that waits for its first payload.
final class FirstPayload implements WebSocket.Listener {
  final CompletableFuture<PayloadMessage> arrived = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();

  /// Opens an instance's socket, signed with this key for us-east-1.
  ///
  /// @param endpoint as DiscoverPollEndpoint answers it
  static FirstPayload of(
      HttpClient http, String endpoint, String instanceArn, AwsCredentialsIdentity key) {
    String url =
        endpoint
            + "/ws?agentHash=0&agentVersion=1.105.1&clusterArn=default&containerInstanceArn="
            + URLEncoder.encode(instanceArn, StandardCharsets.UTF_8)
            + "&dockerVersion=DockerVersion%3A%2027.0&protocolVersion=2&seqNum=1"
            + "&sendCredentials=true";
    var signed =
        AwsV4HttpSigner.create()
            .sign(
                sign ->
                    sign.identity(key)
                        .request(
                            SdkHttpRequest.builder()
                                .method(SdkHttpMethod.GET)
                                .uri(URI.create(url))
                                .build())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "ecs")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"));
    WebSocket.Builder socket = http.newWebSocketBuilder();
    signed
        .request()
        .forEachHeader(
            (name, values) -> {
              if (!name.toLowerCase(Locale.ROOT).equals("host")) {
                socket.header(name, values.getFirst());
              }
            });
    FirstPayload payload = new FirstPayload();
    socket.buildAsync(URI.create(url.replaceFirst("^http", "ws")), payload).join();
    return payload;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      try {
        if (LinkCodec.ACS_SERVER.decode(text.toString()) instanceof PayloadMessage payload) {
          arrived.complete(payload);
        }
      } catch (MalformedMessage e) {
        arrived.completeExceptionally(e);
      }
      text.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    arrived.completeExceptionally(error);
  }
}
