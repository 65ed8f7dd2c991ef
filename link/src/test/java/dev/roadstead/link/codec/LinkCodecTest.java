package dev.roadstead.link.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.link.acs.AckRequest;
import dev.roadstead.link.acs.AcsServerMessage;
import dev.roadstead.link.acs.PayloadMessage;
import dev.roadstead.link.acs.TaskIdentifier;
import dev.roadstead.link.acs.TaskManifestMessage;
import dev.roadstead.link.api.ContainerStateChange;
import dev.roadstead.link.api.ErrorBody;
import dev.roadstead.link.api.NetworkBinding;
import dev.roadstead.link.api.SubmitTaskStateChangeRequest;
import dev.roadstead.link.task.Container;
import dev.roadstead.link.task.ContainerBuilder;
import dev.roadstead.link.task.RoleCredentials;
import dev.roadstead.link.task.TaskBuilder;
import dev.roadstead.link.task.Volume;
import dev.roadstead.link.tcs.PublishHealthRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LinkCodecTest {
  private static final String ARN = "arn:aws:ecs:us-east-1:000000000000:task/default/0123";

  private static PayloadMessage payload() {
    var container =
        ContainerBuilder.builder()
            .name("web")
            .image("busybox")
            .essential(true)
            .command(List.of("sleep", "60"))
            .environment(Map.of("A", "1"))
            .cpu(10)
            .memory(64)
            .portMappings(List.of(new Container.PortMapping(80, null, "tcp", null)))
            .dependsOn(List.of(new Container.Dependency("db", "HEALTHY")))
            .restartPolicy(new Container.RestartPolicy(true, List.of(0), 60))
            .dockerConfig(new Container.DockerConfig("1.18", "{\"User\":\"1\"}", "{}"))
            .build();
    var task =
        TaskBuilder.builder()
            .arn(ARN)
            .family("f")
            .version("3")
            .desiredStatus("RUNNING")
            .cpu(0.25)
            .containers(List.of(container))
            .volumes(List.of(new Volume("v", "host", new Volume.Host("/data"), null, null)))
            .roleCredentials(
                new RoleCredentials("id", "role", "AK", "SECRET", "TOKEN", "2026-01-01", null))
            .build();
    return new PayloadMessage("c", "ci", "m1", 1_700_000_000_000L, 7, null, List.of(task));
  }

  @Test
  void returnsWhatWasEncoded() {
    String text = LinkCodec.ACS_SERVER.encode(payload());

    assertThat(LinkCodec.ACS_SERVER.decode(text)).isEqualTo(payload());
    assertThat(text)
        .startsWith("{\"type\":\"PayloadMessage\",\"message\":{")
        .contains("\"environment\":{\"A\":\"1\"}", "\"cpu\":0.25")
        .doesNotContain("null", "startTimeout", "links");
  }

  @Test
  void readsUnknownTypesAndFields() {
    assertThat(LinkCodec.ACS_SERVER.decode("{\"type\":\"New\",\"message\":{}}"))
        .isEqualTo(new AcsServerMessage.Unknown("New"));
    assertThat(
            LinkCodec.ACS_SERVER.decode(
                """
                {"type":"TaskManifestMessage","message":{"timeline":9,"extra":[1],
                "tasks":[{"taskArn":"a","desiredStatus":"RUNNING"}]}}"""))
        .isEqualTo(
            new TaskManifestMessage(
                null, null, null, null, 9L, List.of(new TaskIdentifier("a", null, "RUNNING"))));
  }

  @Test
  void refusesWhatIsNoMessage() {
    for (String text : List.of("", "[]", "{}", "{\"type\":1}", "nonsense", "{\"type\":\"A\"")) {
      assertThatThrownBy(() -> LinkCodec.ACS_SERVER.decode(text))
          .isInstanceOf(MalformedMessage.class);
    }
    String deep = "{\"type\":\"X\",\"message\":" + "[".repeat(70) + "]".repeat(70) + "}";
    assertThatThrownBy(() -> LinkCodec.ACS_SERVER.decode(deep))
        .isInstanceOf(MalformedMessage.class);
    assertThatThrownBy(
            () ->
                LinkCodec.ACS_SERVER.decode(
                    "{\"type\":\"PayloadMessage\",\"message\":{\"tasks\":\"secret\"}}"))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void readsTelemetryWithAndWithoutHeaders() {
    var health =
        new PublishHealthRequest(
            new PublishHealthRequest.Metadata("c", "ci", "m", true),
            List.of(
                new PublishHealthRequest.TaskHealth(
                    ARN,
                    "f",
                    "1",
                    List.of(
                        new PublishHealthRequest.ContainerHealth(
                            "web", "HEALTHY", Instant.ofEpochMilli(1_700_000_000_123L))))),
            Instant.ofEpochMilli(1_700_000_001_000L));
    String json = LinkCodec.TCS_AGENT.encode(health);
    String framed = new TcsFrame(Map.of("Host", "h", "X-Amz-Date", "d"), json).text();

    assertThat(json).contains("\"statusSince\":1700000000.123");
    assertThat(framed).startsWith("Host: h\r\nX-Amz-Date: d\r\n\r\n{");
    assertThat(LinkCodec.TCS_AGENT.decode(json)).isEqualTo(health);
    assertThat(LinkCodec.TCS_AGENT.decode(framed)).isEqualTo(health);
    assertThat(TcsFrame.parse(framed).headers()).containsEntry("x-amz-date", "d");
  }

  @Test
  void acknowledgesWithCopies() {
    assertThat(LinkCodec.ACS_AGENT.encode(new AckRequest("c", "ci", "m")))
        .isEqualTo(
            "{\"type\":\"AckRequest\",\"message\":"
                + "{\"cluster\":\"c\",\"containerInstance\":\"ci\",\"messageId\":\"m\"}}");
  }

  @Test
  void returnsApiBodies() {
    var change =
        new SubmitTaskStateChangeRequest(
            "c",
            ARN,
            "STOPPED",
            "",
            null,
            null,
            Instant.ofEpochMilli(1_700_000_000_001L),
            List.of(
                new ContainerStateChange(
                    "web",
                    "STOPPED",
                    7,
                    null,
                    "id",
                    null,
                    List.of(new NetworkBinding("0.0.0.0", 80, 32768, "tcp", null, null)))),
            List.of(),
            List.of());

    byte[] json = Json.write(change);

    assertThat(Json.read(json, SubmitTaskStateChangeRequest.class)).isEqualTo(change);
    assertThat(new String(json, StandardCharsets.UTF_8))
        .contains("\"reason\":\"\"", "\"executionStoppedAt\":1700000000.001")
        .doesNotContain("pullStartedAt", "attachments");
    assertThat(
            Json.read("{\"__type\":\"a#B\"}".getBytes(StandardCharsets.UTF_8), ErrorBody.class)
                .code())
        .isEqualTo("B");
  }

  @Test
  void hidesKeysInText() {
    assertThat(payload().toString()).doesNotContain("SECRET", "TOKEN", "AK");
  }
}
