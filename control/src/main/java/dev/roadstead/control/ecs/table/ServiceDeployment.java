package dev.roadstead.control.ecs.table;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One deployment of a service: a revision that its tasks are, or were, brought to.
///
/// @param id `ecs-svc/DIGITS`
/// @param announced whether the scheduler has taken it up; until then its desired count is
///     reported as 0
/// @param failedTasks AWS's count: tasks in a row that never became RUNNING or failed a check
/// @param trouble how many rounds of starts in a row ended early; 0 when starts are not delayed
/// @param troubleAt when the last of those ended; null when `trouble` is 0
/// @param nextStartAt no task is started before; null when `trouble` is 0
/// @param rolloutState `IN_PROGRESS`, `COMPLETED` or `FAILED`
/// @param revisionId of the service's revision; null when made by a release that had none
/// @param recordId of the {@link DeploymentRecord} that brings the service to it; null likewise
/// @param failures tasks that failed since it began, as the circuit breaker counts them
/// @param stalled whether no more tasks are started for it, since it failed
/// @param deadline when it fails if it has not completed; null before it is known
/// @param shift how far it is in its stages; null for one that has none
/// @param alarms what it is watched by; null when by nothing
@RecordBuilder
public record ServiceDeployment(
    String id,
    String family,
    int revision,
    boolean announced,
    int failedTasks,
    int trouble,
    @Nullable Instant troubleAt,
    @Nullable Instant nextStartAt,
    String rolloutState,
    String rolloutStateReason,
    Instant createdAt,
    Instant updatedAt,
    @Nullable String revisionId,
    @Nullable String recordId,
    int failures,
    boolean stalled,
    @Nullable Instant deadline,
    @Nullable Shift shift,
    @Nullable AlarmWatch alarms) {
  public static final String IN_PROGRESS = "IN_PROGRESS";
  public static final String COMPLETED = "COMPLETED";
  public static final String FAILED = "FAILED";

  /// How long a deployment may last: what has not completed then has failed. ECS bounds each stage
  /// of its other strategies by this, and a rolling update not at all. Source: ECS developer guide,
  /// "Amazon ECS blue/green deployments".
  public static final Duration LASTS_MAX = Duration.ofHours(24);

  /// A deployment that has just been asked for. Source of the texts: ECS API reference, Deployment.
  ///
  /// @param family of the task definition
  /// @param revision of the task definition
  public static ServiceDeployment begin(String id, String family, int revision, Instant now) {
    return new ServiceDeployment(
        id,
        family,
        revision,
        false,
        0,
        0,
        null,
        null,
        IN_PROGRESS,
        "ECS deployment " + id + " in progress.",
        now,
        now,
        null,
        null,
        0,
        false,
        now.plus(LASTS_MAX),
        null,
        null);
  }

  /// The deployment once every task is of it, and healthy.
  public ServiceDeployment completed(Instant now) {
    return ServiceDeploymentBuilder.builder(this)
        .rolloutState(COMPLETED)
        .rolloutStateReason("ECS deployment " + id + " completed.")
        .updatedAt(now)
        .build();
  }

  public boolean inProgress() {
    return rolloutState.equals(IN_PROGRESS);
  }
}
