package dev.roadstead.agent.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roadstead.agent.core.TaskState;
import dev.roadstead.link.api.TaskProtectionRequest;
import dev.roadstead.link.api.TaskProtectionResponse;
import dev.roadstead.link.task.RoleCredentials;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `$ECS_AGENT_URI/task-protection/v1/state`: a task asks for its protection, or changes it.
/// Source: ECS developer guide, "Amazon ECS task scale-in protection endpoint"; statuses and codes
/// as Amazon's agent has them.
final class ProtectionEndpoint {
  static final String PATH = "task-protection/v1/state";

  /// A body is two short members; what is longer is none.
  static final int BODY_MAX = 1024;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> MEMBERS = Set.of("ProtectionEnabled", "ExpiresInMinutes");
  private static final int TIMED_OUT = 504;

  private final String cluster;
  private final Protections protections;
  private final Function<String, @Nullable RoleCredentials> keys;

  /// What is answered.
  record Answer(int status, JsonNode body) {}

  ProtectionEndpoint(
      String cluster, Protections protections, Function<String, @Nullable RoleCredentials> keys) {
    this.cluster = cluster;
    this.protections = protections;
    this.keys = keys;
  }

  Answer get(TaskState task) throws InterruptedException {
    return ask(task, new TaskProtectionRequest(cluster, List.of(task.arn()), null, null));
  }

  /// @param body at most {@link #BODY_MAX} bytes are looked at
  Answer put(TaskState task, byte[] body) throws InterruptedException {
    JsonNode sent = body.length > BODY_MAX ? null : read(body);
    if (sent == null || !known(sent)) {
      return error(
          400, task, "InvalidParameterException", "UpdateTaskProtection: failed to decode request");
    }
    JsonNode enabled = sent.path("ProtectionEnabled");
    if (!enabled.isBoolean()) {
      return error(
          400,
          task,
          "InvalidParameterException",
          "Invalid request: does not contain 'ProtectionEnabled' field");
    }
    JsonNode minutes = sent.path("ExpiresInMinutes");
    return ask(
        task,
        new TaskProtectionRequest(
            cluster,
            List.of(task.arn()),
            enabled.asBoolean(),
            minutes.isInt() ? minutes.asInt() : null));
  }

  private static @Nullable JsonNode read(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return null;
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean known(JsonNode sent) {
    JsonNode minutes = sent.path("ExpiresInMinutes");
    return sent.isObject()
        && sent.properties().stream().allMatch(one -> MEMBERS.contains(one.getKey()))
        && (minutes.isMissingNode() || minutes.isNull() || minutes.isInt());
  }

  private Answer ask(TaskState task, TaskProtectionRequest request) throws InterruptedException {
    RoleCredentials role = task.definition().roleCredentials();
    RoleCredentials found = role == null ? null : keys.apply(role.credentialsId());
    if (found == null) {
      return error(
          403,
          task,
          "AccessDeniedException",
          "Invalid Request: no task IAM role credentials available for task");
    }
    try {
      return answer(task, protections.call(request, found));
    } catch (Protections.Refused e) {
      return e.status() == 0
          ? error(TIMED_OUT, task, "RequestCanceled", "Timed out calling ECS Task Protection API")
          : error(e.status(), task, e.code(), String.valueOf(e.getMessage()));
    }
  }

  private static Answer answer(TaskState task, TaskProtectionResponse response) {
    List<TaskProtectionResponse.ProtectedTask> found = response.protectedTasks();
    List<TaskProtectionResponse.Failure> failures = response.failures();
    ObjectNode body = JSON.createObjectNode();
    if (failures != null && failures.size() == 1) {
      TaskProtectionResponse.Failure one = failures.getFirst();
      body.putObject("failure")
          .put("Arn", one.arn())
          .put("Reason", one.reason())
          .put("Detail", one.detail());
    } else if (found != null && found.size() == 1) {
      TaskProtectionResponse.ProtectedTask one = found.getFirst();
      ObjectNode protection = body.putObject("protection");
      protection.put("ProtectionEnabled", one.protectionEnabled());
      if (one.expirationDate() != null) {
        protection.put("ExpirationDate", one.expirationDate().toString());
      }
      protection.put("TaskArn", one.taskArn());
    } else {
      return error(500, task, "ServerException", "Unexpected error occurred");
    }
    return new Answer(200, body);
  }

  private static Answer error(int status, TaskState task, String code, String message) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error").put("Arn", task.arn()).put("Code", code).put("Message", message);
    return new Answer(status, body);
  }
}
