package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.AlarmWatch;
import dev.roadstead.control.ecs.table.DeploymentRecord;
import dev.roadstead.control.ecs.table.DeploymentRecord.Part;
import dev.roadstead.control.ecs.table.DeploymentRecord.Reversal;
import dev.roadstead.control.ecs.table.DeploymentRecord.Status;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceRevision;
import dev.roadstead.control.ecs.table.ServiceRevisions;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Shift;
import dev.roadstead.engine.root.State;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHookDetail;
import software.amazon.awssdk.services.ecs.model.Rollback;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentAlarms;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentRollbackMonitorsStatus;
import software.amazon.awssdk.services.ecs.model.ServiceRevisionSummary;

/// Rows of a service's history as the model's shapes.
final class DeploymentShape {
  private DeploymentShape() {}

  static ServiceDeploymentBrief brief(DeploymentRecord record) {
    return ServiceDeploymentBrief.builder()
        .serviceDeploymentArn(record.arn())
        .serviceArn(record.serviceArn())
        .clusterArn(record.clusterArn())
        .startedAt(record.startedAt())
        .createdAt(record.createdAt())
        .finishedAt(record.finishedAt())
        .targetServiceRevisionArn(record.revisionArn(record.target().revisionId()))
        .status(record.status().name())
        .statusReason(record.reason())
        .build();
  }

  static ServiceDeployment of(State state, DeploymentRecord row) {
    Service service = state.find(Services.TABLE, row.serviceKey());
    DeploymentRecord record =
        service == null || service.inactive() ? row : History.counted(state, service, row);
    return ServiceDeployment.builder()
        .serviceDeploymentArn(record.arn())
        .serviceArn(record.serviceArn())
        .clusterArn(record.clusterArn())
        .createdAt(record.createdAt())
        .startedAt(record.startedAt())
        .finishedAt(record.finishedAt())
        .stoppedAt(record.status() == Status.STOPPED ? record.finishedAt() : null)
        .updatedAt(record.updatedAt())
        .sourceServiceRevisions(
            record.sources().stream().map(one -> summary(record, one, false)).toList())
        .targetServiceRevision(summary(record, record.target(), true))
        .lifecycleStage(stage(record.shift()))
        .lifecycleHookDetails(hooks(record))
        .status(record.status().name())
        .statusReason(record.reason())
        .deploymentConfiguration(
            JsonShapes.read(
                record.configuration().getBytes(StandardCharsets.UTF_8),
                DeploymentConfiguration.builder()))
        .rollback(rollback(record))
        .deploymentCircuitBreaker(breaker(record))
        .alarms(alarms(record))
        .build();
  }

  static software.amazon.awssdk.services.ecs.model.ServiceRevision of(ServiceRevision row) {
    return JsonShapes.read(
            row.document().getBytes(StandardCharsets.UTF_8),
            software.amazon.awssdk.services.ecs.model.ServiceRevision.builder())
        .toBuilder()
        .serviceRevisionArn(
            ServiceRevisions.arn(row.scope(), row.cluster(), row.service(), row.id()))
        .serviceArn(row.serviceArn())
        .clusterArn(row.clusterArn())
        .taskDefinition(row.taskDefinitionArn())
        .createdAt(row.createdAt())
        .build();
  }

  private static ServiceRevisionSummary summary(
      DeploymentRecord record, Part part, boolean target) {
    Shift shift = record.shift();
    boolean old = shift != null && part.deploymentId().equals(shift.old());
    var summary = ServiceRevisionSummary.builder();
    if (shift != null && !shift.rolling() && (target || old)) {
      summary
          .requestedProductionTrafficWeight(weight(shift.production(), target))
          .requestedTestTrafficWeight(weight(shift.test(), target));
    }
    return summary
        .arn(record.revisionArn(part.revisionId()))
        .requestedTaskCount(part.requested())
        .runningTaskCount(part.running())
        .pendingTaskCount(part.pending())
        .build();
  }

  private static double weight(double percent, boolean target) {
    return target ? percent : 100 - percent;
  }

  private static @Nullable Rollback rollback(DeploymentRecord record) {
    Reversal rollback = record.rollback();
    if (rollback == null) {
      return null;
    }
    String revision = rollback.revisionId();
    Instant startedAt = rollback.startedAt();
    return Rollback.builder()
        .reason(rollback.reason())
        .startedAt(startedAt)
        .serviceRevisionArn(revision == null ? null : record.revisionArn(revision))
        .build();
  }

  /// The stage before a shift of production traffic has no name in the model's
  /// ServiceDeploymentLifecycleStage: the one before it is shown.
  private static @Nullable String stage(@Nullable Shift shift) {
    if (shift == null) {
      return null;
    }
    if (shift.stage() != Shift.Stage.PRE_PRODUCTION_TRAFFIC_SHIFT) {
      return shift.stage().name();
    }
    Shift.Stage shown =
        shift.production() > 0
            ? Shift.Stage.PRODUCTION_TRAFFIC_SHIFT
            : Shift.Stage.POST_TEST_TRAFFIC_SHIFT;
    return shown.name();
  }

  /// The hooks of the current stage; those that were left when the deployment ended are not shown.
  private static @Nullable List<DeploymentLifecycleHookDetail> hooks(DeploymentRecord record) {
    Shift shift = record.shift();
    if (shift == null || shift.hooks().isEmpty()) {
      return null;
    }
    boolean over = record.status().ended() || record.rollback() != null;
    return shift.hooks().stream()
        .filter(run -> run.ended() || !over)
        .map(
            run ->
                DeploymentLifecycleHookDetail.builder()
                    .hookId(run.id())
                    .targetType(run.targetType())
                    .targetArn(run.target())
                    .status(run.status().name())
                    .expiresAt(run.expiresAt())
                    .timeoutAction(run.continues() ? "CONTINUE" : "ROLLBACK")
                    .build())
        .toList();
  }

  private static @Nullable ServiceDeploymentAlarms alarms(DeploymentRecord record) {
    AlarmWatch watch = record.alarms();
    if (watch == null) {
      return null;
    }
    ServiceDeploymentRollbackMonitorsStatus status =
        !watch.triggered().isEmpty()
            ? ServiceDeploymentRollbackMonitorsStatus.TRIGGERED
            : record.status().ended()
                ? ServiceDeploymentRollbackMonitorsStatus.MONITORING_COMPLETE
                : ServiceDeploymentRollbackMonitorsStatus.MONITORING;
    return ServiceDeploymentAlarms.builder()
        .status(status)
        .alarmNames(watch.names())
        .triggeredAlarmNames(watch.triggered())
        .build();
  }

  private static ServiceDeploymentCircuitBreaker breaker(DeploymentRecord record) {
    ServiceDeploymentRollbackMonitorsStatus status =
        record.tripped()
            ? ServiceDeploymentRollbackMonitorsStatus.TRIGGERED
            : record.threshold() == 0
                ? ServiceDeploymentRollbackMonitorsStatus.DISABLED
                : record.status().ended()
                    ? ServiceDeploymentRollbackMonitorsStatus.MONITORING_COMPLETE
                    : ServiceDeploymentRollbackMonitorsStatus.MONITORING;
    return ServiceDeploymentCircuitBreaker.builder()
        .status(status)
        .failureCount(record.failures())
        .threshold(record.threshold())
        .build();
  }
}
