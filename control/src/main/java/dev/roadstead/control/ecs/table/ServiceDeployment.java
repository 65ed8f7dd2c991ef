package dev.roadstead.control.ecs.table;

import io.soabase.recordbuilder.core.RecordBuilder;
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
    Instant updatedAt) {
  public static final String IN_PROGRESS = "IN_PROGRESS";
  public static final String COMPLETED = "COMPLETED";

  /// A deployment that has just been asked for. Source of the texts: ECS API reference, Deployment.
  public static ServiceDeployment begin(
      String id, TaskDefinition definition, boolean announced, Instant now) {
    return new ServiceDeployment(
        id,
        definition.family(),
        definition.revision(),
        announced,
        0,
        0,
        null,
        null,
        IN_PROGRESS,
        "ECS deployment " + id + " in progress.",
        now,
        now);
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
