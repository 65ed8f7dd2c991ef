package dev.roadstead.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.Services;
import dev.roadstead.control.api.ModelOperations;
import dev.roadstead.control.ecs.task.TaskHistory;
import dev.roadstead.control.node.Lease;
import dev.roadstead.server.history.HistoryLimits;
import dev.roadstead.server.history.LuceneHistory;
import dev.roadstead.wire.api.ServiceShape;
import dev.roadstead.wire.http.ListenerConfig;
import dev.roadstead.wire.sigv4.Keys;
import dev.roadstead.wire.sigv4.Policy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.services.ecs.EcsClient;

/// Bad requests to every operation of the model: each gets an AWS error, none is a 500, and nothing
/// is written. What is generated: the operations, and for each of their members a value of another
/// type.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputTest {
  private static final String TARGET = "AmazonEC2ContainerServiceV20141113.";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  @TempDir private static Path data;

  private final HttpClient client = HttpClient.newHttpClient();
  private ControlPlane plane;

  @BeforeAll
  void start() throws IOException {
    plane =
        ControlPlane.start(
            new ControlPlane.Config(
                data,
                ListenerConfig.of("127.0.0.1", 0),
                null,
                Lease.USUAL,
                Policy.DEVELOPMENT,
                Keys.NONE,
                new LuceneHistory(data.resolve("history"), HistoryLimits.USUAL),
                fatal -> {
                  throw new AssertionError(fatal);
                }));
  }

  @AfterAll
  void stop() {
    plane.close();
    client.close();
  }

  @Test
  void refusesBrokenJsonOnEveryOperation() throws Exception {
    List<String> bodies =
        List.of(
            "",
            "{",
            "nonsense",
            "[]",
            "\"text\"",
            "{\"cluster\":}",
            "{\"cluster\":\"a\"} {}",
            "{\"cluster\":\"a\",}",
            "{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}",
            "{\"cluster\":\"\\u12\"}");
    long before = plane.position();
    for (String operation : built()) {
      for (String body : bodies) {
        HttpResponse<String> answer = send(operation, body);
        assertThat(answer.statusCode()).as(operation + " " + brief(body)).isEqualTo(400);
        assertThat(answer.body()).as(operation).contains("SerializationException");
      }
    }
    assertThat(plane.position()).isEqualTo(before);
  }

  @Test
  void refusesAnotherTypeForEveryMember() throws Exception {
    long before = plane.position();
    for (ServiceShape service : new Services(_ -> "http://127.0.0.1", TaskHistory.NONE).shapes()) {
      for (var shape : service.operations()) {
        for (SdkField<?> field : shape.input().get().sdkFields()) {
          for (String wrong : wrongFor(field)) {
            String body = "{\"" + field.locationName() + "\":" + wrong + "}";
            HttpResponse<String> answer = send(shape.name(), body);
            assertThat(answer.statusCode()).as(shape.name() + " " + body).isEqualTo(400);
            assertThat(answer.body()).as(shape.name() + body).contains("SerializationException");
          }
        }
      }
    }
    assertThat(plane.position()).isEqualTo(before);
  }

  @Test
  void answersEveryTextInEveryTextMemberWithoutFailing() throws Exception {
    List<String> texts =
        List.of("", "a b", "ä☃", "arn:aws:ecs:x", "x".repeat(3000), "a/b:c", "../..");
    for (ServiceShape service : new Services(_ -> "http://127.0.0.1", TaskHistory.NONE).shapes()) {
      for (var shape : service.operations()) {
        for (SdkField<?> field : shape.input().get().sdkFields()) {
          if (field.marshallingType().equals(MarshallingType.STRING)) {
            for (String text : texts) {
              String body = "{\"" + field.locationName() + "\":\"" + text + "\"}";
              int status = send(shape.name(), body).statusCode();
              assertThat(status).as(shape.name() + " " + brief(body)).isIn(200, 400);
            }
          }
        }
      }
    }
  }

  @Test
  void refusesWhatIsTooLarge() throws Exception {
    HttpResponse<String> answer = send("RunTask", "{\"cluster\":\"" + "x".repeat(3 << 20) + "\"}");

    assertThat(answer.statusCode()).isBetween(400, 413);
    assertThat(answer.body()).contains("__type");
  }

  @Test
  void refusesUnsignedRequestsOnEveryOperation() throws Exception {
    for (String operation : ModelOperations.of(EcsClient.class)) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(uri())
                  .header("X-Amz-Target", TARGET + operation)
                  .header("Content-Type", "application/x-amz-json-1.1")
                  .POST(HttpRequest.BodyPublishers.ofString("{}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(operation).isEqualTo(400);
      assertThat(answer.body()).contains("MissingAuthenticationTokenException");
    }
  }

  @Test
  void namesUnknownAndUnbuiltOperations() throws Exception {
    assertThat(send("NoSuchThing", "{}").body()).contains("UnknownOperationException");
    for (ServiceShape service : new Services(_ -> "http://127.0.0.1", TaskHistory.NONE).shapes()) {
      for (String operation : service.unbuilt()) {
        HttpResponse<String> answer = send(operation, "{}");
        assertThat(answer.statusCode()).as(operation).isEqualTo(400);
        assertThat(answer.body()).as(operation).contains("UnsupportedFeatureException");
      }
    }
  }

  private HttpResponse<String> send(String operation, String body) throws Exception {
    String now = STAMP.format(InstantSource.system().instant());
    HttpRequest request =
        HttpRequest.newBuilder(uri())
            .header("X-Amz-Target", TARGET + operation)
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Date", now)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=123456789012/"
                    + now.substring(0, 8)
                    + "/us-east-1/ecs/aws4_request,"
                    + " SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature="
                    + "0".repeat(64))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + plane.port() + "/");
  }

  private static List<String> built() {
    List<String> names = new ArrayList<>();
    for (ServiceShape service : new Services(_ -> "http://127.0.0.1", TaskHistory.NONE).shapes()) {
      service.operations().forEach(operation -> names.add(operation.name()));
    }
    return names;
  }

  /// Values that no member of this type takes.
  private static List<String> wrongFor(SdkField<?> field) {
    MarshallingType<?> type = field.marshallingType();
    if (type.equals(MarshallingType.STRING)) {
      return List.of("{}", "[]", "[\"a\"]");
    }
    if (type.equals(MarshallingType.LIST)) {
      return List.of("{}", "\"a\"", "1", "true");
    }
    if (type.equals(MarshallingType.MAP) || type.equals(MarshallingType.SDK_POJO)) {
      return List.of("[]", "\"a\"", "1", "true");
    }
    if (type.equals(MarshallingType.BOOLEAN)) {
      return List.of("{}", "[]", "\"a\"");
    }
    return List.of("{}", "[]", "\"a\"", "true");
  }

  private static String brief(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40);
  }
}
