package dev.roadstead.control.ecs.table;

import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.Tag;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A service: how many tasks are wanted, of what, and how far its deployments are.
///
/// @param cluster the cluster's name
/// @param status `ACTIVE`, `DRAINING` (deleted, tasks still end) or `INACTIVE`
/// @param launchType `EC2` or `EXTERNAL`
/// @param schedulingStrategy `REPLICA` or `DAEMON`
/// @param controller `ECS` or `EXTERNAL`: who begins deployments
/// @param strategy its capacity provider strategy; empty when it has a launch type only
/// @param room what a DAEMON service needs on each of its instances; null for others, and when it
///     starts nothing
/// @param rebalanced whether its tasks are spread again when zones come and go
/// @param minimumHealthyPercent 0 to 100
/// @param maximumPercent at least 100
/// @param healthCheckGraceSeconds how long failing health checks of a new task are ignored
/// @param propagateTags `NONE`, `SERVICE` or `TASK_DEFINITION`
/// @param managedTags whether tasks get ECS's own tags
/// @param document the members of the model's Service that are stored and reported as they were
///     sent, as the model's JSON
/// @param deployments the PRIMARY first, then the ACTIVE ones, newest first; none when INACTIVE, or
///     with task sets
/// @param notices at most one of each kind
/// @param placementFailures attempts in a row that could not place every task; 0 when none failed
/// @param placementRetryAt when placement is tried again though nothing changed; null when it did
///     not fail
/// @param wakeAt when the scheduler looks again though nothing changed; null when never
/// @param requestHash of the request that created it, to tell a repeat from another
/// @param inactiveAt when its last task ended; null before
@RecordBuilder
public record Service(
    String account,
    String region,
    String cluster,
    String name,
    String status,
    int desiredCount,
    String launchType,
    String schedulingStrategy,
    String controller,
    List<StrategyItem> strategy,
    @Nullable DaemonRoom room,
    boolean rebalanced,
    int minimumHealthyPercent,
    int maximumPercent,
    int healthCheckGraceSeconds,
    String propagateTags,
    boolean managedTags,
    boolean enableExecuteCommand,
    List<Tag> tags,
    String document,
    List<ServiceDeployment> deployments,
    List<ServiceNotice> notices,
    int placementFailures,
    @Nullable Instant placementRetryAt,
    @Nullable Instant wakeAt,
    String requestHash,
    Instant createdAt,
    String createdBy,
    @Nullable Instant inactiveAt) {
  public static final String ACTIVE = "ACTIVE";
  public static final String DRAINING = "DRAINING";
  public static final String INACTIVE = "INACTIVE";

  public static final String REPLICA = "REPLICA";
  public static final String DAEMON = "DAEMON";
  public static final String ECS = "ECS";
  public static final String EXTERNAL = "EXTERNAL";

  public Service {
    schedulingStrategy = schedulingStrategy == null ? REPLICA : schedulingStrategy;
    controller = controller == null ? ECS : controller;
    strategy = strategy == null ? List.of() : List.copyOf(strategy);
    tags = tags == null ? List.of() : List.copyOf(tags);
    deployments = deployments == null ? List.of() : List.copyOf(deployments);
    notices = notices == null ? List.of() : List.copyOf(notices);
  }

  public Scope scope() {
    return new Scope(account, region);
  }

  public String clusterKey() {
    return scope().key(cluster);
  }

  public String key() {
    return scope().key(cluster, name);
  }

  public String arn() {
    return scope().arn("ecs", "service/" + cluster + "/" + name).toString();
  }

  public String clusterArn() {
    return scope().arn("ecs", "cluster/" + cluster).toString();
  }

  /// The task group of its tasks.
  public String group() {
    return "service:" + name;
  }

  /// Whether it has one task on each instance rather than a count.
  public boolean daemon() {
    return schedulingStrategy.equals(DAEMON);
  }

  /// Whether somebody outside drives it by task sets.
  public boolean external() {
    return controller.equals(EXTERNAL);
  }

  public boolean active() {
    return status.equals(ACTIVE);
  }

  public boolean draining() {
    return status.equals(DRAINING);
  }

  public boolean inactive() {
    return status.equals(INACTIVE);
  }

  /// The newest deployment; the service must not be INACTIVE.
  public ServiceDeployment primary() {
    return deployments.getFirst();
  }

  /// The fewest healthy tasks during a deployment. Source: ECS API reference,
  /// DeploymentConfiguration: rounded up.
  public int lowerBound() {
    return (int) ((desiredCount * (long) minimumHealthyPercent + 99) / 100);
  }

  /// The most tasks RUNNING or PENDING during a deployment: rounded down.
  public int upperBound() {
    return (int) Math.min(Integer.MAX_VALUE, desiredCount * (long) maximumPercent / 100);
  }
}
