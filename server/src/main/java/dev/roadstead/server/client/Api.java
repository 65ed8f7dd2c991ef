package dev.roadstead.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// Calls ECS operations of a server.
///
/// @param endpoint for example `http://127.0.0.1:4566`
public record Api(URI endpoint, String region, AwsCredentialsIdentity credentials) {
  public static final String REGION = "us-east-1";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  /// An error answer.
  public static final class Refused extends RuntimeException {
    private final String code;

    Refused(String code, String message) {
      super(message, null, false, false);
      this.code = code;
    }

    /// The exception's name in the service model, for example `ClusterNotFoundException`.
    public String code() {
      return code;
    }
  }

  /// The caller that the environment names as AWS's own tools read it; without one, the region
  /// us-east-1 and a key that development mode takes.
  public static Api of(URI endpoint, Map<String, String> environment) {
    String region =
        environment.getOrDefault(
            "AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", REGION));
    String key = environment.getOrDefault("AWS_ACCESS_KEY_ID", "roadstead");
    String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "roadstead");
    return new Api(endpoint, region, AwsCredentialsIdentity.create(key, secret));
  }

  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /// Performs an operation. Throws {@link Refused} with the server's error.
  ///
  /// @param operation AWS's name, for example `RunTask`
  public JsonNode call(String operation, ObjectNode request) throws IOException {
    return perform("AmazonEC2ContainerServiceV20141113." + operation, request);
  }

  /// Why something is in the state it is in: Roadstead's own operation. Throws like {@link #call}.
  ///
  /// @param subject an ARN, `cluster/name` or a cluster's name
  public JsonNode why(String subject) throws IOException {
    return perform("Roadstead.Why", object().put("subject", subject));
  }

  private JsonNode perform(String target, ObjectNode request) throws IOException {
    byte[] body = JSON.writeValueAsBytes(request);
    SdkHttpRequest unsigned =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint.resolve("/"))
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", target)
            .build();
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                sign ->
                    sign.identity(credentials)
                        .request(unsigned)
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "ecs")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    HttpURLConnection connection =
        (HttpURLConnection) signed.request().getUri().toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setConnectTimeout((int) CONNECT.toMillis());
    connection.setReadTimeout((int) ANSWER.toMillis());
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length);
    signed
        .request()
        .forEachHeader(
            (name, values) -> connection.setRequestProperty(name, String.join(",", values)));
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
    return read(connection);
  }

  private static JsonNode read(HttpURLConnection connection) throws IOException {
    boolean good = connection.getResponseCode() / 100 == 2;
    try (InputStream in = good ? connection.getInputStream() : connection.getErrorStream()) {
      JsonNode answer = parse(in);
      if (good) {
        return answer;
      }
      String type = answer.path("__type").asText("HTTP " + connection.getResponseCode());
      String code = type.substring(type.indexOf('#') + 1);
      String message = answer.path("message").asText(answer.path("Message").asText(""));
      throw new Refused(code, code + ": " + message);
    }
  }

  private static JsonNode parse(@Nullable InputStream in) throws IOException {
    return in == null ? JSON.createObjectNode() : JSON.readTree(in);
  }
}
