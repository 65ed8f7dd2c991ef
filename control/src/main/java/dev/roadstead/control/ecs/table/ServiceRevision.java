package dev.roadstead.control.ecs.table;

import java.time.Instant;

/// What a deployment of a service brings its tasks to. Never changes.
///
/// @param cluster the cluster's name
/// @param service the service's name
/// @param id 19 decimal digits
/// @param family of the task definition
/// @param revision of the task definition
/// @param document the model's ServiceRevision as JSON, without the members that are columns here
public record ServiceRevision(
    String account,
    String region,
    String cluster,
    String service,
    String id,
    String family,
    int revision,
    String document,
    Instant createdAt)
    implements ServiceHistoryRow {
  public String taskDefinitionArn() {
    return scope().arn("ecs", "task-definition/" + family + ":" + revision).toString();
  }
}
