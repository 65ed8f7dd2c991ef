package dev.roadstead.control.ecs.table;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A deployment as it goes down in a service's history: ECS's service deployment, from its request
/// to its end. While it goes on, how far it is stands in the service's row.
///
/// @param id 21 letters, digits, hyphens and underscores
/// @param sequence higher for newer ones of the service
/// @param deploymentId `ecs-svc/DIGITS` of the deployment that it began
/// @param target what it brings the service to
/// @param sources what the service was of before
/// @param reason why it has this status; null while nothing is to be said
/// @param configuration the model's DeploymentConfiguration, as JSON
/// @param failures how many failed tasks the circuit breaker had counted at the end
/// @param threshold how many it would have stopped at; 0 without circuit breaker
/// @param rollback null unless it was rolled back
/// @param shift how far traffic was at the end; null for a rolling update
/// @param alarms what it was watched by at the end; null when by nothing
/// @param startedAt when the scheduler took it up
/// @param finishedAt when it ended, in whatever way
@RecordBuilder
public record DeploymentRecord(
    String account,
    String region,
    String cluster,
    String service,
    String id,
    long sequence,
    String deploymentId,
    Part target,
    List<Part> sources,
    Status status,
    @Nullable String reason,
    String configuration,
    int failures,
    int threshold,
    boolean tripped,
    @Nullable Reversal rollback,
    @Nullable Shift shift,
    @Nullable AlarmWatch alarms,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    Instant updatedAt)
    implements ServiceHistoryRow {

  /// Source: ECS developer guide, "View service history using Amazon ECS service deployments".
  public enum Status {
    PENDING,
    IN_PROGRESS,
    STOP_REQUESTED,
    ROLLBACK_REQUESTED,
    ROLLBACK_IN_PROGRESS,
    SUCCESSFUL,
    STOPPED,
    ROLLBACK_SUCCESSFUL,
    ROLLBACK_FAILED;

    /// Whether it is over.
    public boolean ended() {
      return compareTo(SUCCESSFUL) >= 0;
    }

    /// Whether a deployment in this status may be in that one next.
    public boolean mayBecome(Status next) {
      return switch (this) {
        case PENDING, IN_PROGRESS, STOP_REQUESTED, ROLLBACK_REQUESTED -> compareTo(next) <= 0;
        case ROLLBACK_IN_PROGRESS ->
            next == this || next == ROLLBACK_SUCCESSFUL || next == ROLLBACK_FAILED;
        case SUCCESSFUL, STOPPED, ROLLBACK_SUCCESSFUL, ROLLBACK_FAILED -> next == this;
      };
    }
  }

  /// The tasks of one revision, as counted at the end of the deployment.
  ///
  /// @param revisionId 19 decimal digits
  /// @param deploymentId `ecs-svc/DIGITS` of the tasks
  public record Part(
      String revisionId, String deploymentId, int requested, int running, int pending) {}

  /// That it was rolled back.
  ///
  /// @param revisionId what the service was brought back to; null when there was nothing
  public record Reversal(String reason, Instant startedAt, @Nullable String revisionId) {}

  public DeploymentRecord {
    sources = sources == null ? List.of() : List.copyOf(sources);
  }

  public String arn() {
    return DeploymentRecords.arn(scope(), cluster, service, id);
  }

  /// The ARN of a revision of the same service.
  public String revisionArn(String revisionId) {
    return ServiceRevisions.arn(scope(), cluster, service, revisionId);
  }
}
