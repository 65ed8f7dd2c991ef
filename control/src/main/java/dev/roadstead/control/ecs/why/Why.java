package dev.roadstead.control.ecs.why;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.DeploymentRecord;
import dev.roadstead.control.ecs.table.DeploymentRecords;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.task.TaskHistory;
import dev.roadstead.engine.root.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says why a task, service, deployment, container instance or cluster is in the state it is in.
public final class Why implements Read<WhyRequest, WhyResponse> {
  private final TaskHistory history;

  /// @param history asked for tasks whose rows are gone
  public Why(TaskHistory history) {
    this.history = history;
  }

  @Override
  public WhyResponse answer(State state, WhyRequest request, Call call) {
    String subject = request.subject();
    if (subject == null || subject.isBlank()) {
      throw EcsErrors.invalidParameter("subject can not be blank.");
    }
    return WhyResponse.of(of(state, subject, call));
  }

  /// It may look into the history, or at every instance of a cluster.
  @Override
  public boolean waits(State state, WhyRequest request, Call call) {
    return true;
  }

  /// What is to be said of one of them.
  ///
  /// @param text an ARN, `cluster/name` of a service, task or container instance, or a cluster's
  ///     name
  public Finding of(State state, String text, Call call) {
    Names names = Names.of(text);
    Finding found = names == null ? null : look(new Look(state, history, call), names);
    return found != null
        ? found
        : Finding.of(
            Reason.NOT_FOUND,
            text,
            List.of("no cluster, service, task, deployment or container instance is called so"),
            null);
  }

  private static @Nullable Finding look(Look look, Names names) {
    State state = look.state();
    String cluster = names.cluster();
    String key = look.scope().key(cluster, names.name());
    boolean any = names.kind().isEmpty();
    if (names.kind().equals("cluster")) {
      Cluster found = Clusters.find(state, look.scope(), cluster);
      return found == null ? null : PlaceWhy.of(look, found);
    }
    if (names.kind().equals("service-deployment")) {
      DeploymentRecord found = state.find(DeploymentRecords.TABLE, key);
      return found == null ? null : DeploymentWhy.of(look, found);
    }
    if (any || names.kind().equals("service")) {
      Service found = state.find(Services.TABLE, key);
      if (found != null) {
        return ServiceWhy.of(look, found);
      }
    }
    if (any || names.kind().equals("task")) {
      Task found = look.task(cluster, names.name());
      if (found != null) {
        return TaskWhy.of(look, found);
      }
    }
    if (any || names.kind().equals("container-instance")) {
      ContainerInstance found = state.find(ContainerInstances.TABLE, key);
      return found == null ? null : PlaceWhy.of(look, found);
    }
    return null;
  }
}
