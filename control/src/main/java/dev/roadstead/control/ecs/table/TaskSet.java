package dev.roadstead.control.ecs.table;

import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.Tag;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A task set of a service with the EXTERNAL controller: a share of its tasks, of one revision.
///
/// @param cluster the cluster's name
/// @param service the service's name
/// @param id `ecs-svc/DIGITS`
/// @param status `PRIMARY`, `ACTIVE` or `DRAINING` (deleted, tasks still end)
/// @param externalId the caller's own name for it; null when none was sent
/// @param launchType `EC2` or `EXTERNAL`
/// @param strategy its capacity provider strategy; empty when it has a launch type only
/// @param scalePercent of the service's desired count, 0 to 100
/// @param deployment its revision, and how its tasks fare
/// @param notices at most one of each kind
/// @param placementFailures attempts in a row that could not place every task
/// @param placementRetryAt when placement is tried again; null when it did not fail
/// @param wakeAt when the scheduler looks again though nothing changed; null when never
/// @param steady whether it has as many healthy tasks as computed
/// @param steadyAt when that last changed
/// @param requestHash of the request that created it, to tell a repeat from another
@RecordBuilder
public record TaskSet(
    String account,
    String region,
    String cluster,
    String service,
    String id,
    String status,
    @Nullable String externalId,
    String launchType,
    List<StrategyItem> strategy,
    double scalePercent,
    List<Tag> tags,
    ServiceDeployment deployment,
    List<ServiceNotice> notices,
    int placementFailures,
    @Nullable Instant placementRetryAt,
    @Nullable Instant wakeAt,
    boolean steady,
    Instant steadyAt,
    String requestHash,
    Instant createdAt,
    Instant updatedAt) {
  public static final String PRIMARY = "PRIMARY";
  public static final String ACTIVE = "ACTIVE";
  public static final String DRAINING = "DRAINING";

  public TaskSet {
    strategy = strategy == null ? List.of() : List.copyOf(strategy);
    tags = tags == null ? List.of() : List.copyOf(tags);
    notices = notices == null ? List.of() : List.copyOf(notices);
  }

  public Scope scope() {
    return new Scope(account, region);
  }

  public String serviceKey() {
    return scope().key(cluster, service);
  }

  public String key() {
    return scope().key(cluster, service, id);
  }

  public String arn() {
    return scope().arn("ecs", "task-set/" + cluster + "/" + service + "/" + id).toString();
  }

  public boolean primary() {
    return status.equals(PRIMARY);
  }

  public boolean draining() {
    return status.equals(DRAINING);
  }

  /// Source: ECS API reference, TaskSet.computedDesiredCount: rounded up.
  public int computedDesiredCount(int desiredCount) {
    return draining()
        ? 0
        : BigDecimal.valueOf(scalePercent)
            .multiply(BigDecimal.valueOf(desiredCount))
            .divide(BigDecimal.valueOf(100), 0, RoundingMode.CEILING)
            .intValueExact();
  }
}
