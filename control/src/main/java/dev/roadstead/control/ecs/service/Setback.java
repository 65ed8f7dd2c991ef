package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.AlarmWatch;
import dev.roadstead.control.ecs.table.AlarmWatchBuilder;
import dev.roadstead.control.ecs.table.DeploymentRecord;
import dev.roadstead.control.ecs.table.DeploymentRecord.Reversal;
import dev.roadstead.control.ecs.table.DeploymentRecord.Status;
import dev.roadstead.control.ecs.table.DeploymentRecordBuilder;
import dev.roadstead.control.ecs.table.DeploymentRecords;
import dev.roadstead.control.ecs.table.HookRun;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.ServiceDeploymentBuilder;
import dev.roadstead.control.ecs.table.ServiceRevision;
import dev.roadstead.control.ecs.table.ServiceRevisions;
import dev.roadstead.control.ecs.table.Shift;
import dev.roadstead.control.ecs.table.ShiftBuilder;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A deployment that goes on fails or is stopped: what becomes of it.
///
/// With a rollback the service goes back to the newest deployment that was successful, which is
/// PRIMARY again with the tasks it still has. Without, or when there is none, the failed one stays
/// PRIMARY and starts no more tasks, except when it only took too long. A rollback that fails is
/// not rolled back again, and goes on to start tasks: nothing better is known.
///
/// @param deployments of the service, the primary one first
/// @param changes of the history
/// @param events without their prefix, oldest first
record Setback(List<ServiceDeployment> deployments, List<Change> changes, List<String> events) {
  /// Why a deployment fails. Source of the circuit breaker's texts: ECS developer guide, "How the
  /// Amazon ECS deployment circuit breaker detects failures", and what ECS has been seen to say.
  ///
  /// @param because what follows "Service deployment rolled back because", without a period
  /// @param failure what follows "deployment failed:"
  /// @param rollback whether the service is to go back
  /// @param alarms those that caused it
  record Cause(Kind kind, String because, String failure, boolean rollback, List<String> alarms) {
    enum Kind {
      BREAKER,
      DEADLINE,
      STOPPED,
      HOOK,
      ALARM
    }

    private static final String LATE =
        "it did not complete within " + ServiceDeployment.LASTS_MAX.toHours() + " hours";

    static Cause breaker(boolean rollback) {
      String because = "the circuit breaker threshold was exceeded";
      return new Cause(Kind.BREAKER, because, "tasks failed to start.", rollback, List.of());
    }

    static Cause deadline(boolean rollback) {
      return new Cause(Kind.DEADLINE, LATE, LATE + ".", rollback, List.of());
    }

    static Cause stopped(boolean rollback) {
      String because = "it was stopped by a request";
      return new Cause(Kind.STOPPED, because, because + ".", rollback, List.of());
    }

    /// A failed hook always brings the service back. Source: ECS developer guide, "Lambda hooks".
    static Cause hook(HookRun run, Shift.Stage stage) {
      String because = Messages.hookFailed(run, stage);
      return new Cause(Kind.HOOK, because, because + ".", true, List.of());
    }

    static Cause alarm(List<String> names, boolean rollback) {
      String because = "alarm detected: " + String.join(", ", names);
      return new Cause(Kind.ALARM, because, because + ".", rollback, names);
    }

    private String rolloutStateReason(String id) {
      return kind == Kind.BREAKER
          ? "ECS deployment circuit breaker: tasks failed to start."
          : "ECS deployment " + id + " failed: " + failure;
    }

    private String rollingBackReason(String id) {
      return kind == Kind.BREAKER
          ? "ECS deployment circuit breaker: rolling back to deploymentId " + id + "."
          : "ECS deployment " + id + " in progress: rolling back to it.";
    }
  }

  private static final String NO_CANDIDATE = "No rollback candidate was found to run the rollback.";

  /// Why the deployment that goes on has failed by now; null when it has not.
  static @Nullable Cause due(State state, Service service, Instant now) {
    ServiceDeployment primary = service.primary();
    if (!primary.inProgress()) {
      return null;
    }
    if (primary.failures() > 0 && Breaker.of(service).trips(primary.failures())) {
      return Cause.breaker(Breaker.of(service).rollback());
    }
    Shift shift = primary.shift();
    if (shift != null && !shift.back()) {
      for (HookRun run : shift.hooks()) {
        if (run.fails()) {
          return Cause.hook(run, shift.stage());
        }
      }
    }
    List<String> alarms = Alarms.triggered(state, service.scope(), primary);
    if (!alarms.isEmpty()) {
      return Cause.alarm(alarms, Alarms.rollback(service));
    }
    Instant deadline = primary.deadline();
    return deadline != null && !deadline.isAfter(now)
        ? Cause.deadline(Breaker.of(service).rollback())
        : null;
  }

  /// @param service its primary deployment is in progress
  static Setback of(State state, Service service, Cause cause, Instant now) {
    ServiceDeployment primary = service.primary();
    DeploymentRecord record = History.find(state, service, primary);
    boolean reverting = record != null && record.rollback() != null;
    boolean back = cause.rollback && !reverting;
    ServiceDeployment candidate =
        back && record != null ? candidate(state, service, record, cause, now) : null;
    boolean stalled = candidate == null && !reverting && cause.kind != Cause.Kind.DEADLINE;
    ServiceDeployment failed =
        ServiceDeploymentBuilder.builder(primary)
            .rolloutState(ServiceDeployment.FAILED)
            .rolloutStateReason(cause.rolloutStateReason(primary.id()))
            .stalled(stalled)
            .shift(back(primary.shift(), now))
            .updatedAt(now)
            .build();
    List<ServiceDeployment> deployments = new ArrayList<>();
    List<String> events = new ArrayList<>(List.of(Messages.failed(primary.id(), cause.failure)));
    if (candidate != null) {
      deployments.add(candidate);
      events.add(Messages.rollingBack(candidate.id()));
    }
    deployments.add(failed);
    String first = candidate == null ? primary.id() : candidate.id();
    service.deployments().stream()
        .filter(one -> !one.id().equals(primary.id()) && !one.id().equals(first))
        .forEach(deployments::add);
    List<Change> changes =
        record == null
            ? List.of()
            : recorded(state, service, record, new Verdict(cause, back, candidate), now);
    return new Setback(deployments, changes, events);
  }

  /// @param back whether a rollback was wanted
  /// @param candidate what the service goes back to
  private record Verdict(Cause cause, boolean back, @Nullable ServiceDeployment candidate) {}

  private static List<Change> recorded(
      State state, Service service, DeploymentRecord record, Verdict verdict, Instant now) {
    boolean tripped = record.tripped() || verdict.cause.kind == Cause.Kind.BREAKER;
    DeploymentRecord counted =
        DeploymentRecordBuilder.builder(History.counted(state, service, record))
            .tripped(tripped)
            .build();
    AlarmWatch watch = counted.alarms();
    if (watch != null && verdict.cause.kind == Cause.Kind.ALARM) {
      watch = AlarmWatchBuilder.builder(watch).triggered(verdict.cause.alarms).build();
    }
    counted =
        DeploymentRecordBuilder.builder(counted)
            .shift(back(counted.shift(), now))
            .alarms(watch)
            .build();
    String because = verdict.cause.because + ".";
    if (record.rollback() != null) {
      String reason = "Service rollback stopped because " + because;
      return History.end(record, counted, Status.ROLLBACK_FAILED, reason, now);
    }
    if (!verdict.back) {
      String reason = "Service deployment stopped because " + because;
      return History.end(record, counted, Status.STOPPED, reason, now);
    }
    String reason = "Service deployment rolled back because " + because;
    ServiceDeployment candidate = verdict.candidate;
    if (candidate == null) {
      counted =
          DeploymentRecordBuilder.builder(counted)
              .rollback(new Reversal(reason, now, null))
              .build();
      return History.end(record, counted, Status.ROLLBACK_FAILED, NO_CANDIDATE, now);
    }
    return DeploymentRecords.update(
        record,
        DeploymentRecordBuilder.builder(counted)
            .status(Status.ROLLBACK_IN_PROGRESS)
            .reason(reason)
            .rollback(new Reversal(reason, now, candidate.revisionId()))
            .startedAt(record.startedAt() == null ? now : record.startedAt())
            .updatedAt(now)
            .build());
  }

  /// All traffic is with what had it before.
  private static @Nullable Shift back(@Nullable Shift shift, Instant now) {
    return shift == null
        ? null
        : ShiftBuilder.builder(shift).production(0).test(0).stageAt(now).nextAt(null).build();
  }

  /// The deployment to go back to, begun anew; null when there is none.
  private static @Nullable ServiceDeployment candidate(
      State state, Service service, DeploymentRecord record, Cause cause, Instant now) {
    DeploymentRecord last = DeploymentRecords.lastSuccessful(state, record);
    if (last == null) {
      return null;
    }
    String revisionKey =
        service.scope().key(service.cluster(), service.name(), last.target().revisionId());
    ServiceRevision revision = state.find(ServiceRevisions.TABLE, revisionKey);
    if (revision == null) {
      return null;
    }
    ServiceDeployment known =
        service.deployments().stream()
            .filter(one -> one.id().equals(last.deploymentId()))
            .findFirst()
            .orElseGet(() -> again(last, revision));
    return ServiceDeploymentBuilder.builder(known)
        .rolloutState(ServiceDeployment.IN_PROGRESS)
        .rolloutStateReason(cause.rollingBackReason(known.id()))
        .failedTasks(0)
        .trouble(0)
        .troubleAt(null)
        .nextStartAt(null)
        .failures(0)
        .stalled(false)
        .shift(Shifting.back(service, now))
        .alarms(null)
        .recordId(record.id())
        .deadline(now.plus(ServiceDeployment.LASTS_MAX))
        .updatedAt(now)
        .build();
  }

  private static ServiceDeployment again(DeploymentRecord last, ServiceRevision revision) {
    return ServiceDeploymentBuilder.builder(
            ServiceDeployment.begin(
                last.deploymentId(), revision.family(), revision.revision(), last.createdAt()))
        .announced(true)
        .revisionId(revision.id())
        .build();
  }
}
