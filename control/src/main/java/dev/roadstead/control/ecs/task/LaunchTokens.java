package dev.roadstead.control.ecs.task;

import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.ClientToken;
import dev.roadstead.control.ecs.table.ClientTokens;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.codec.JsonShapes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/// The client token of one RunTask call: the same token with the same parameters starts nothing
/// twice. Source: ECS API reference, RunTask, clientToken.
///
/// @param token null when the caller sent none
/// @param requestHash of everything that was sent
record LaunchTokens(Scope scope, String operation, @Nullable String token, String requestHash) {
  private static final int TOKEN_MAX = 64; // the AWS limit
  private static final int HASH_BYTES = 16; // enough to tell two honest requests apart

  static LaunchTokens of(String operation, @Nullable String token, SdkPojo request, Scope scope) {
    if (token == null || token.isEmpty()) {
      return new LaunchTokens(scope, operation, null, "");
    }
    if (token.length() > TOKEN_MAX || !token.chars().allMatch(c -> c >= 33 && c <= 126)) {
      throw EcsErrors.invalidParameter(
          "clientToken must be at most " + TOKEN_MAX + " printable ASCII characters.");
    }
    return new LaunchTokens(scope, operation, token, hash(request));
  }

  /// The tasks that the same call started before; null when it is the first. Refuses the same token
  /// with other parameters.
  @Nullable List<Task> repeated(State state) {
    if (token == null) {
      return null;
    }
    ClientToken known = ClientTokens.find(state, scope, operation, token);
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
    if (!known.requestHash().equals(requestHash)) {
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
    if (token == null || tasks.isEmpty()) {
      return List.of();
    }
    return List.of(
        ClientTokens.TABLE.put(
            new ClientToken(
                scope.account(),
                scope.region(),
                operation,
                token,
                requestHash,
                tasks.stream().map(Task::key).toList(),
                now.plus(ClientTokens.LIFETIME))));
  }

  private static String hash(SdkPojo request) {
    return HexFormat.of().formatHex(JsonShapes.fingerprint(request), 0, HASH_BYTES);
  }
}
