package dev.roadstead.control.ecs.service;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.DeploymentRecord;
import dev.roadstead.control.ecs.table.HookRun;
import dev.roadstead.control.ecs.table.HookRun.Status;
import dev.roadstead.control.ecs.table.HookRunBuilder;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceBuilder;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.ServiceDeploymentBuilder;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Shift;
import dev.roadstead.control.ecs.table.ShiftBuilder;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContinueServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.ContinueServiceDeploymentResponse;

/// Answers a PAUSE hook. Source: Amazon ECS API reference, ContinueServiceDeployment; developer
/// guide, "Continuing service deployments".
///
/// `CONTINUE`, the default, lets the deployment go on; `ROLLBACK` makes the hook fail, and with it
/// the deployment. A hook that awaits nothing is refused with InvalidParameterException.
public final class ContinueServiceDeployment
    implements Write<ContinueServiceDeploymentRequest, ContinueServiceDeploymentResponse> {
  @Override
  public Decision<ContinueServiceDeploymentResponse> decide(
      State state, ContinueServiceDeploymentRequest request, Call call) {
    String action = request.actionAsString();
    boolean back = action != null && Text.oneOf(action, "CONTINUE", "ROLLBACK").equals("ROLLBACK");
    String hookId = request.hookId();
    if (hookId == null || hookId.isEmpty()) {
      throw EcsErrors.invalidParameter("hookId can not be blank.");
    }
    HistoryArns.Deployment found =
        HistoryArns.deployment(state, call.scope(), request.serviceDeploymentArn());
    DeploymentRecord record = found.record();
    Service service = found.service();
    Shift shift = going(service, record);
    HookRun run = shift == null ? null : awaiting(shift, hookId);
    if (shift == null || run == null) {
      throw EcsErrors.invalidParameter(
          "The lifecycle hook " + hookId + " of the service deployment is not awaiting an action.");
    }
    HookRun answered =
        HookRunBuilder.builder(run)
            .status(back ? Status.FAILED : Status.SUCCEEDED)
            .failure(back ? "it was answered with ROLLBACK" : null)
            .build();
    List<HookRun> hooks = new ArrayList<>(shift.hooks());
    hooks.set(hooks.indexOf(run), answered);
    List<ServiceDeployment> deployments = new ArrayList<>(service.deployments());
    deployments.set(
        0,
        ServiceDeploymentBuilder.builder(service.primary())
            .shift(ShiftBuilder.builder(shift).hooks(hooks).build())
            .updatedAt(call.now())
            .build());
    Service after = ServiceBuilder.builder(service).deployments(deployments).build();
    return new Decision<>(
        Services.update(service, after),
        ContinueServiceDeploymentResponse.builder().serviceDeploymentArn(record.arn()).build());
  }

  /// How far the deployment is; null when it does not go on.
  private static @Nullable Shift going(Service service, DeploymentRecord record) {
    if (service.inactive() || record.status().ended() || record.rollback() != null) {
      return null;
    }
    ServiceDeployment primary = service.primary();
    return record.id().equals(primary.recordId()) && primary.inProgress() ? primary.shift() : null;
  }

  private static @Nullable HookRun awaiting(Shift shift, String hookId) {
    return shift.hooks().stream()
        .filter(run -> run.id().equals(hookId) && run.status() == Status.AWAITING_ACTION)
        .findFirst()
        .orElse(null);
  }
}
