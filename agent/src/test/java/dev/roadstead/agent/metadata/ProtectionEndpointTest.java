package dev.roadstead.agent.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.agent.core.TaskState;
import dev.roadstead.link.api.TaskProtectionRequest;
import dev.roadstead.link.api.TaskProtectionResponse;
import dev.roadstead.link.task.RoleCredentials;
import dev.roadstead.link.task.TaskBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtectionEndpointTest {
  private static final String ARN = "arn:aws:ecs:us-east-1:000000000000:task/default/t";
  private static final RoleCredentials ROLE =
      new RoleCredentials("id", "arn", "AKID", "secret", "token", "2030-01-01T00:00:00Z", null);

  private final List<TaskProtectionRequest> asked = new ArrayList<>();
  private TaskProtectionResponse response = new TaskProtectionResponse(List.of(), List.of());
  private final ProtectionEndpoint endpoint =
      new ProtectionEndpoint(
          "default",
          (request, keys) -> {
            assertThat(keys).isEqualTo(ROLE);
            asked.add(request);
            return response;
          },
          id -> id.equals("id") ? ROLE : null);

  @Test
  void asksAsTheTasksRole() throws Exception {
    response = found(new TaskProtectionResponse.ProtectedTask(ARN, false, null));
    var answer = endpoint.get(task(ROLE));
    assertThat(asked)
        .containsExactly(new TaskProtectionRequest("default", List.of(ARN), null, null));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .hasToString("{\"protection\":{\"ProtectionEnabled\":false,\"TaskArn\":\"" + ARN + "\"}}");
  }

  @Test
  void protectsForAsLongAsItIsTold() throws Exception {
    response =
        found(
            new TaskProtectionResponse.ProtectedTask(
                ARN, true, Instant.parse("2026-01-01T00:00:00Z")));
    var answer = put("{\"ProtectionEnabled\":true,\"ExpiresInMinutes\":60}");
    assertThat(asked).containsExactly(new TaskProtectionRequest("default", List.of(ARN), true, 60));
    assertThat(answer.body().path("protection").path("ExpirationDate").asText())
        .isEqualTo("2026-01-01T00:00:00Z");
  }

  @Test
  void tellsAFailure() throws Exception {
    response =
        new TaskProtectionResponse(
            null, List.of(new TaskProtectionResponse.Failure(ARN, "TASK_NOT_VALID", "why")));
    var answer = put("{\"ProtectionEnabled\":true}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body())
        .hasToString(
            "{\"failure\":{\"Arn\":\""
                + ARN
                + "\",\"Reason\":\"TASK_NOT_VALID\",\"Detail\":\"why\"}}");
  }

  @Test
  void refusesWhatItCannotRead() throws Exception {
    for (String body :
        List.of(
            "",
            "[]",
            "{",
            "{\"ProtectionEnabled\":true,\"More\":1}",
            "{\"ProtectionEnabled\":true,\"ExpiresInMinutes\":\"1\"}",
            "{\"ProtectionEnabled\":true}" + " ".repeat(ProtectionEndpoint.BODY_MAX))) {
      var answer = put(body);
      assertThat(answer.status()).as(body).isEqualTo(400);
      assertThat(answer.body().path("error").path("Code").asText())
          .isEqualTo("InvalidParameterException");
    }
    assertThat(put("{\"ExpiresInMinutes\":1}").body().path("error").path("Message").asText())
        .isEqualTo("Invalid request: does not contain 'ProtectionEnabled' field");
    assertThat(asked).isEmpty();
  }

  @Test
  void needsARole() throws Exception {
    var answer = endpoint.get(task(null));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body().path("error").path("Code").asText())
        .isEqualTo("AccessDeniedException");
  }

  @Test
  void tellsWhatTheControlPlaneRefused() throws Exception {
    var refusing =
        new ProtectionEndpoint(
            "default",
            (_, _) -> {
              throw new Protections.Refused(400, "ClusterNotFoundException", "Cluster not found.");
            },
            _ -> ROLE);
    var answer = refusing.get(task(ROLE));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("error").path("Code").asText())
        .isEqualTo("ClusterNotFoundException");
    var silent =
        new ProtectionEndpoint(
            "default",
            (_, _) -> {
              throw new Protections.Refused(0, "", "no answer");
            },
            _ -> ROLE);
    assertThat(silent.get(task(ROLE)).status()).isEqualTo(504);
  }

  private ProtectionEndpoint.Answer put(String body) throws Exception {
    return endpoint.put(task(ROLE), body.getBytes(StandardCharsets.UTF_8));
  }

  private static TaskProtectionResponse found(TaskProtectionResponse.ProtectedTask one) {
    return new TaskProtectionResponse(List.of(one), null);
  }

  private static TaskState task(@org.jspecify.annotations.Nullable RoleCredentials credentials) {
    return TaskState.fresh(
        TaskBuilder.builder()
            .arn(ARN)
            .family("f")
            .version("1")
            .desiredStatus("RUNNING")
            .roleCredentials(credentials)
            .containers(List.of())
            .build(),
        1,
        List.of());
  }
}
