package dev.roadstead.agent.shell;

import dev.roadstead.agent.metadata.Protections;
import dev.roadstead.link.api.TaskProtectionRequest;
import dev.roadstead.link.api.TaskProtectionResponse;
import dev.roadstead.link.task.RoleCredentials;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;

/// Calls that the agent makes for a task, signed with the keys of the task's role.
final class TaskCalls implements Protections {
  private final HttpClient http;
  private final List<URI> servers;
  private final String region;

  TaskCalls(HttpClient http, List<URI> servers, String region) {
    this.http = http;
    this.servers = servers;
    this.region = region;
  }

  @Override
  public TaskProtectionResponse call(TaskProtectionRequest request, RoleCredentials keys)
      throws Refused, InterruptedException {
    String id = keys.accessKeyId();
    String secret = keys.secretAccessKey();
    if (id == null || secret == null) {
      throw new Refused(403, "AccessDeniedException", "the keys of the task's role are not whole");
    }
    var credentials = new AgentConfig.Credentials(id, secret, keys.sessionToken());
    var api = new ApiClient(http, new Signing(credentials, region), servers);
    String operation =
        request.protectionEnabled() == null ? "GetTaskProtection" : "UpdateTaskProtection";
    try {
      return api.call(operation, request, TaskProtectionResponse.class);
    } catch (ApiTrouble e) {
      throw new Refused(e.status(), e.code(), String.valueOf(e.getMessage()));
    }
  }
}
