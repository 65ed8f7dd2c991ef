package dev.roadstead.control.ecs.agent;

import dev.roadstead.base.Arn;
import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.NetworkBinding;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reports applied to rows.
final class Reports {
  /// What the answer says; agents do not look at it.
  static final String ACKNOWLEDGMENT = "ok";

  private Reports() {}

  /// The changes a report makes: none when the task is not known (any more).
  static List<Change> changes(
      State state, @Nullable String cluster, @Nullable String arnOrId, Report report, Call call) {
    Task task = find(state, call.scope(), cluster, arnOrId);
    if (task == null) {
      return List.of();
    }
    Task after =
        Observation.reported(
            task, report, state.find(TaskDefinitions.TABLE, task.taskDefinitionKey()), call.now());
    return after.equals(task) ? List.of() : Tasks.update(task, after);
  }

  /// An ARN says its cluster itself; agents may name theirs in any way.
  private static @Nullable Task find(
      State state, Scope scope, @Nullable String cluster, @Nullable String arnOrId) {
    if (arnOrId == null || arnOrId.isEmpty()) {
      return null;
    }
    Arn arn = Arn.parse(arnOrId);
    String name = Clusters.nameOf(cluster, scope);
    if (arn != null && arn.resourcePath().indexOf('/') > 0) {
      name = arn.resourcePath().substring(0, arn.resourcePath().indexOf('/'));
    }
    return Tasks.find(state, scope, name, arnOrId);
  }

  static List<NetworkBinding> bindings(
      List<software.amazon.awssdk.services.ecs.model.NetworkBinding> sent) {
    List<NetworkBinding> all = new ArrayList<>(sent.size());
    for (software.amazon.awssdk.services.ecs.model.NetworkBinding one : sent) {
      all.add(
          new NetworkBinding(
              one.bindIP() == null ? "" : one.bindIP(),
              one.containerPort() == null ? 0 : one.containerPort(),
              one.hostPort() == null ? 0 : one.hostPort(),
              one.protocolAsString() == null ? "tcp" : one.protocolAsString(),
              one.containerPortRange(),
              one.hostPortRange()));
    }
    return all;
  }
}
