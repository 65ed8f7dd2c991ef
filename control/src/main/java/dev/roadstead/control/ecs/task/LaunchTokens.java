package dev.roadstead.control.ecs.task;

import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.table.ClientToken;
import dev.roadstead.control.ecs.table.RequestToken;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.wire.api.AwsError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/// The client token of one RunTask call: the same token with the same parameters starts nothing
/// twice. Source: ECS API reference, RunTask, clientToken.
record LaunchTokens(RequestToken token) {
  private static final int TOKEN_MAX = 64; // the AWS limit

  static LaunchTokens of(String operation, @Nullable String sent, SdkPojo request, Scope scope) {
    String token = RequestToken.checked(sent, TOKEN_MAX);
    String hash = token == null ? "" : RequestToken.hash(request);
    return new LaunchTokens(new RequestToken(scope, operation, token, hash));
  }

  /// The tasks that the same call started before; null when it is the first. Refuses the same token
  /// with other parameters.
  @Nullable List<Task> repeated(State state) {
    ClientToken known = token.known(state);
    if (known == null) {
      return null;
    }
    List<Task> tasks = new ArrayList<>();
    for (String key : known.resources()) {
      Task task = state.find(Tasks.TABLE, key);
      if (task != null) {
        tasks.add(task);
      }
    }
    if (!token.repeats(known)) {
      var members = new LinkedHashMap<String, Object>();
      members.put("resourceIds", tasks.stream().map(Task::arn).toList());
      throw new AwsError(
              "ConflictException",
              "The client token was used before with other parameters.",
              AwsError.CLIENT,
              members)
          .refusal();
    }
    return tasks;
  }

  /// The row that remembers this call; none when it started nothing, so that a retry may.
  List<Change> remember(List<Task> tasks, Instant now) {
    return tasks.isEmpty()
        ? List.of()
        : token.remember(tasks.stream().map(Task::key).toList(), now);
  }
}
