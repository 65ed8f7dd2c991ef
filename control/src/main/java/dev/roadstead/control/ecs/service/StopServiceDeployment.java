package dev.roadstead.control.ecs.service;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.DeploymentRecord;
import dev.roadstead.control.ecs.table.DeploymentRecord.Status;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceBuilder;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentResponse;

/// Stops a deployment that goes on. Source: Amazon ECS API reference, StopServiceDeployment;
/// developer guide, "Stopping Amazon ECS service deployments".
///
/// `ROLLBACK`, the default, goes back to the last successful deployment. `ABORT` leaves the service
/// as it is, and starts no more tasks. A rollback that goes on is left to go on; what has ended is
/// refused with ConflictException.
public final class StopServiceDeployment
    implements Write<StopServiceDeploymentRequest, StopServiceDeploymentResponse> {
  @Override
  public Decision<StopServiceDeploymentResponse> decide(
      State state, StopServiceDeploymentRequest request, Call call) {
    String type = request.stopTypeAsString();
    boolean abort = type != null && Text.oneOf(type, "ABORT", "ROLLBACK").equals("ABORT");
    HistoryArns.Deployment found =
        HistoryArns.deployment(state, call.scope(), request.serviceDeploymentArn());
    DeploymentRecord record = found.record();
    Service service = found.service();
    StopServiceDeploymentResponse answer =
        StopServiceDeploymentResponse.builder().serviceDeploymentArn(record.arn()).build();
    if (record.status().ended()) {
      throw EcsErrors.of(
          "ConflictException",
          "The service deployment cannot be stopped because its status is "
              + record.status()
              + ".");
    }
    if (record.status() == Status.ROLLBACK_IN_PROGRESS) {
      return Decision.unchanged(answer);
    }
    Setback setback = Setback.of(state, service, Setback.Cause.stopped(!abort), call.now());
    Chronicle chronicle = new Chronicle(service, new Moment(call.now(), call.random()));
    setback.events().forEach(chronicle::tell);
    Service after =
        ServiceBuilder.builder(service)
            .deployments(setback.deployments())
            .notices(List.of())
            .placementFailures(0)
            .placementRetryAt(null)
            .build();
    List<Change> changes = new ArrayList<>(Services.update(service, after));
    changes.addAll(setback.changes());
    changes.addAll(chronicle.changes(state));
    return new Decision<>(changes, answer);
  }
}
