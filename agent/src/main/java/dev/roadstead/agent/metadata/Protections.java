package dev.roadstead.agent.metadata;

import dev.roadstead.link.api.TaskProtectionRequest;
import dev.roadstead.link.api.TaskProtectionResponse;
import dev.roadstead.link.task.RoleCredentials;

/// Calls the control plane about the protection of a task, as the task's role.
@FunctionalInterface
public interface Protections {
  /// GetTaskProtection, or UpdateTaskProtection when the request says whether to protect.
  ///
  /// @throws Refused when the control plane refuses or does not answer
  TaskProtectionResponse call(TaskProtectionRequest request, RoleCredentials keys)
      throws Refused, InterruptedException;

  /// The control plane said no, or nothing.
  final class Refused extends Exception {
    private final int status;
    private final String code;

    /// A refusal.
    ///
    /// @param status of HTTP; 0 when there was no answer
    public Refused(int status, String code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }

    int status() {
      return status;
    }

    String code() {
      return code;
    }
  }
}
