package dev.roadstead.control.ecs.service;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceBuilder;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceResponse;

/// Deletes a service; a DAEMON one without being scaled to 0 first. It drains until its last task
/// has ended, then it is INACTIVE. One that is deleted already is returned as it is. Source: Amazon
/// ECS API reference, DeleteService.
public final class DeleteService implements Write<DeleteServiceRequest, DeleteServiceResponse> {
  @Override
  public Decision<DeleteServiceResponse> decide(
      State state, DeleteServiceRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    Service before =
        Services.find(state, call.scope(), cluster.name(), Text.service(request.service()));
    if (before == null) {
      throw EcsErrors.serviceNotFound();
    }
    if (!before.active()) {
      return Decision.unchanged(answer(state, before));
    }
    if (!Boolean.TRUE.equals(request.force())) {
      if (before.desiredCount() > 0 && !before.daemon()) {
        throw EcsErrors.invalidParameter(
            "The service cannot be stopped while it is scaled above 0.");
      }
      if (before.deployments().size() > 1) {
        throw EcsErrors.invalidParameter(
            "The service cannot be stopped while deployments are active.");
      }
    }
    Service after =
        ServiceBuilder.builder(before)
            .status(Service.DRAINING)
            .desiredCount(0)
            .notices(List.of())
            .placementFailures(0)
            .placementRetryAt(null)
            .build();
    List<Change> changes = new ArrayList<>(Services.update(before, after));
    changes.addAll(History.cut(state, before, "the service was deleted", call.now()));
    return new Decision<>(changes, answer(state, after));
  }

  private static DeleteServiceResponse answer(State state, Service service) {
    return DeleteServiceResponse.builder().service(ServiceShape.of(state, service, false)).build();
  }
}
