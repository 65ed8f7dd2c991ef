package dev.roadstead.control.ecs.table;

import dev.roadstead.control.api.Scope;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/// A PROVISIONING task that waits for room on a capacity provider's instances.
///
/// @param provider the capacity provider's name
/// @param order its place among those of its provider, as text that sorts: when it came, then its
///     number in its request
/// @param document what placement needs beside the task: the placement members of RunTask, as the
///     model's JSON
/// @param cause why it could not be placed when it was last tried, as in a stopped reason: for
///     example `RESOURCE:CPU`
/// @param detail the numbers behind the cause; kept current for the first of each provider
/// @param since when it began to wait
/// @param failsAt when it is given up
@RecordBuilder
public record WaitingTask(
    String account,
    String region,
    String cluster,
    String provider,
    String order,
    String taskId,
    String document,
    String cause,
    String detail,
    Instant since,
    Instant failsAt) {
  public Scope scope() {
    return new Scope(account, region);
  }

  public String key() {
    return scope().key(cluster, provider, order + "-" + taskId);
  }

  public String clusterKey() {
    return scope().key(cluster);
  }

  public String taskKey() {
    return scope().key(cluster, taskId);
  }

  /// The group of {@link WaitingTasks#BY_PROVIDER}.
  public String providerGroup() {
    return ContainerInstances.providerGroup(clusterKey(), provider);
  }
}
