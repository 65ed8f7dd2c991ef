package dev.roadstead.link.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to {@link TaskProtectionRequest}.
public record TaskProtectionResponse(
    @Nullable List<ProtectedTask> protectedTasks, @Nullable List<Failure> failures) {
  /// The protection of a task.
  ///
  /// @param expirationDate null when it is not protected
  public record ProtectedTask(
      String taskArn, boolean protectionEnabled, @Nullable Instant expirationDate) {}

  /// Why there is no answer about a task.
  public record Failure(@Nullable String arn, @Nullable String reason, @Nullable String detail) {}
}
