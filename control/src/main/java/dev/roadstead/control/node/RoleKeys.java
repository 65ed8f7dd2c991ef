package dev.roadstead.control.node;

import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.node.payload.Payloads;
import dev.roadstead.control.node.payload.Template;
import dev.roadstead.engine.root.State;
import dev.roadstead.link.acs.AcsServerMessage;
import dev.roadstead.link.acs.IAMRoleCredentialsMessage;
import dev.roadstead.link.task.RoleCredentials;
import dev.roadstead.link.task.TaskBuilder;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The keys of one instance's tasks: sent with a task, and again before they expire.
final class RoleKeys {
  private final TaskCredentials credentials;
  private final Template.Source templates;
  private final String instanceKey;
  private final ArrayDeque<String> owed = new ArrayDeque<>();

  RoleKeys(TaskCredentials credentials, Template.Source templates, String instanceKey) {
    this.credentials = credentials;
    this.templates = templates;
    this.instanceKey = instanceKey;
  }

  /// The task's payload with the keys of its roles.
  dev.roadstead.link.task.Task with(Task task, Template template, Instant now) {
    Payloads.Roles roles = Payloads.roles(task, template);
    dev.roadstead.link.task.Task payload = Payloads.run(task, template);
    if (roles.task() == null && roles.execution() == null) {
      return payload;
    }
    return TaskBuilder.builder(payload)
        .roleCredentials(of(task, roles.task(), TaskCredentials.Kind.APPLICATION, now))
        .executionRoleCredentials(of(task, roles.execution(), TaskCredentials.Kind.EXECUTION, now))
        .build();
  }

  private @Nullable RoleCredentials of(
      Task task, @Nullable String role, TaskCredentials.Kind kind, Instant now) {
    return role == null ? null : credentials.of(task, role, kind, now);
  }

  /// Every task that the agent knows needs its keys (again).
  void owe(State state) {
    owed.clear();
    for (Task task : state.rows(Tasks.ALIVE_BY_INSTANCE, instanceKey)) {
      if (task.connected()) {
        owed.add(task.key());
      }
    }
  }

  /// Whether some still need them.
  boolean owed() {
    return !owed.isEmpty();
  }

  /// Sends the keys of some tasks that need them.
  ///
  /// @param max the most tasks
  /// @param ids makes the messages' ids
  void renew(Turn<AcsServerMessage> turn, State state, int max, Supplier<String> ids, Instant now) {
    for (int i = 0; i < max && !owed.isEmpty(); i++) {
      renew(turn, state, owed.removeFirst(), ids, now);
    }
  }

  private void renew(
      Turn<AcsServerMessage> turn, State state, String key, Supplier<String> ids, Instant now) {
    Task task = state.find(Tasks.TABLE, key);
    if (task == null || task.stopped()) {
      return;
    }
    TaskDefinition definition = state.find(TaskDefinitions.TABLE, task.taskDefinitionKey());
    if (definition == null) {
      return;
    }
    Payloads.Roles roles = Payloads.roles(task, templates.of(definition));
    for (TaskCredentials.Kind kind : TaskCredentials.Kind.values()) {
      String role = kind == TaskCredentials.Kind.APPLICATION ? roles.task() : roles.execution();
      if (role != null) {
        turn.send(
            new IAMRoleCredentialsMessage(
                ids.get(),
                task.arn(),
                task.clusterArn(),
                kind.wire(),
                credentials.of(task, role, kind, now)));
      }
    }
  }
}
