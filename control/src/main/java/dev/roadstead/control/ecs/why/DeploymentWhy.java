package dev.roadstead.control.ecs.why;

import dev.roadstead.control.ecs.table.AlarmWatch;
import dev.roadstead.control.ecs.table.DeploymentRecord;
import dev.roadstead.control.ecs.table.DeploymentRecord.Reversal;
import dev.roadstead.control.ecs.table.DeploymentRecord.Status;
import dev.roadstead.control.ecs.table.DeploymentRecords;
import dev.roadstead.control.ecs.table.HookRun;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Shift;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a deployment has failed, was rolled back, or waits.
final class DeploymentWhy {
  private DeploymentWhy() {}

  /// Adds what is known of the tasks that failed.
  @FunctionalInterface
  interface Fault {
    Finding with(Reason reason, String subject, List<String> evidence, @Nullable Instant since);
  }

  /// The record that brings the service to a deployment; null when none is known.
  static @Nullable DeploymentRecord record(
      Look look, Service service, ServiceDeployment deployment) {
    String id = deployment.recordId();
    return id == null
        ? null
        : look.state()
            .find(
                DeploymentRecords.TABLE,
                service.scope().key(service.cluster(), service.name(), id));
  }

  /// What is to be said of a deployment in a service's history.
  static Finding of(Look look, DeploymentRecord record) {
    String subject =
        "deployment %s of service %s in cluster %s"
            .formatted(record.id(), record.service(), record.cluster());
    Service service = look.state().find(Services.TABLE, record.serviceKey());
    if (service != null && !record.status().ended()) {
      return ServiceWhy.of(look, service).named(subject);
    }
    List<String> evidence = told(record);
    return record.status() == Status.SUCCESSFUL
        ? Finding.of(Reason.AS_WANTED, subject, evidence, record.finishedAt())
        : Finding.of(cause(record), subject, evidence, since(record));
  }

  /// That the service's newest deployment failed, was stopped or rolled back; null when it was not.
  static @Nullable Finding setBack(
      Look look, Service service, @Nullable DeploymentRecord record, Fault fault) {
    ServiceDeployment primary = service.primary();
    boolean failed = primary.rolloutState().equals(ServiceDeployment.FAILED);
    String subject = "service " + service.name() + " in cluster " + service.cluster();
    if (record == null) {
      return failed
          ? fault.with(
              Reason.DEPLOYMENT_FAILED,
              subject,
              List.of(primary.rolloutStateReason()),
              primary.updatedAt())
          : null;
    }
    if (!failed && record.rollback() == null) {
      return null;
    }
    Reason reason = cause(record);
    List<String> evidence = new ArrayList<>(told(record));
    evidence.add(primary.rolloutStateReason());
    boolean byTasks = reason == Reason.CIRCUIT_BREAKER || reason == Reason.DEPLOYMENT_FAILED;
    Finding found = fault.with(reason, subject, evidence, since(record));
    return byTasks ? found : Finding.of(reason, subject, evidence, since(record));
  }

  private static Instant since(DeploymentRecord record) {
    Reversal rollback = record.rollback();
    Instant finished = record.finishedAt();
    return rollback != null
        ? rollback.startedAt()
        : finished == null ? record.updatedAt() : finished;
  }

  private static Reason cause(DeploymentRecord record) {
    AlarmWatch alarms = record.alarms();
    if (record.tripped()) {
      return Reason.CIRCUIT_BREAKER;
    }
    if (alarms != null && !alarms.triggered().isEmpty()) {
      return Reason.ALARM;
    }
    Reversal rollback = record.rollback();
    String said = (rollback == null ? "" : rollback.reason()) + record.reason();
    if (said.contains("lifecycle hook")) {
      return Reason.HOOK_FAILED;
    }
    if (said.contains("did not complete within")) {
      return Reason.DEPLOYMENT_LATE;
    }
    return said.contains("by a request") || said.contains("new deployment")
        ? Reason.DEPLOYMENT_STOPPED
        : Reason.DEPLOYMENT_FAILED;
  }

  /// What the record tells, with its numbers.
  private static List<String> told(DeploymentRecord record) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "deployment %s is %s%s"
            .formatted(
                record.id(),
                record.status(),
                record.reason() == null ? "" : ": " + record.reason()));
    if (record.threshold() > 0) {
      lines.add(
          "%d tasks failed, the circuit breaker's threshold is %d"
              .formatted(record.failures(), record.threshold()));
    }
    AlarmWatch alarms = record.alarms();
    if (alarms != null && !alarms.triggered().isEmpty()) {
      lines.add(
          "%d of %d alarms were in ALARM: %s"
              .formatted(
                  alarms.triggered().size(),
                  alarms.names().size(),
                  String.join(", ", alarms.triggered())));
    }
    Shift shift = record.shift();
    if (shift != null) {
      shift.hooks().forEach(run -> lines.add(line(run, shift)));
    }
    Reversal rollback = record.rollback();
    if (rollback != null) {
      String to = rollback.revisionId();
      lines.add(
          "rolled back to "
              + (to == null ? "nothing: no deployment was successful before" : "revision " + to)
              + ", since "
              + rollback.startedAt());
    }
    return lines;
  }

  /// That the deployment waits at a hook; null when it does not.
  static @Nullable Finding hook(
      Service service, @Nullable DeploymentRecord record, String subject, List<String> evidence) {
    Shift shift = service.primary().inProgress() ? service.primary().shift() : null;
    if (shift == null) {
      return null;
    }
    for (HookRun run : shift.hooks()) {
      if (!run.ended()) {
        List<String> all = new ArrayList<>();
        all.add(line(run, shift));
        all.addAll(evidence);
        return new Finding(
            Reason.WAITS_AT_HOOK, subject, all, shift.stageAt(), answer(service, run, record));
      }
    }
    return null;
  }

  private static String answer(Service service, HookRun run, @Nullable DeploymentRecord record) {
    if (run.status() == HookRun.Status.AWAITING_ACTION) {
      return "Call ContinueServiceDeployment for %s with hook id %s, or wait until %s."
          .formatted(record == null ? service.arn() : record.arn(), run.id(), run.expiresAt());
    }
    String key = run.taskKey();
    return key == null
        ? "Make room for the task of the hook: it is on no instance yet."
        : "See task " + key.substring(key.lastIndexOf('/') + 1) + ", which the hook waits for.";
  }

  private static String line(HookRun run, Shift shift) {
    return "hook %s at stage %s is %s%s; at %s the deployment goes %s"
        .formatted(
            run.target() == null ? run.id() : run.target(),
            shift.stage(),
            run.status(),
            run.failure() == null ? "" : ": " + run.failure(),
            run.expiresAt(),
            run.continues() ? "on" : "back");
  }

  /// That everything runs and is only watched for a time; null when it is not.
  static @Nullable Finding bakes(Service service, String subject, List<String> evidence) {
    ServiceDeployment primary = service.primary();
    if (!primary.inProgress()) {
      return null;
    }
    Shift shift = primary.shift();
    AlarmWatch alarms = primary.alarms();
    Instant until = shift != null ? shift.nextAt() : alarms == null ? null : alarms.bakedAt();
    if (until == null) {
      return null;
    }
    List<String> all = new ArrayList<>();
    if (shift != null) {
      all.add(
          "stage %s, %s percent of the traffic is on the new tasks, until %s"
              .formatted(shift.stage(), shift.production(), until));
    }
    if (alarms != null) {
      all.add("watched by %d alarms until %s".formatted(alarms.names().size(), until));
    }
    all.addAll(evidence);
    Instant since = shift != null ? shift.stageAt() : primary.updatedAt();
    return new Finding(
        Reason.BAKING, subject, all, since, "Wait until " + until + "; it goes on by itself.");
  }
}
