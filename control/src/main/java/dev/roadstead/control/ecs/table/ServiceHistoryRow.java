package dev.roadstead.control.ecs.table;

import dev.roadstead.control.api.Scope;

/// What the rows of a service's history have in common: they are the service's, with an id.
public sealed interface ServiceHistoryRow permits DeploymentRecord, ServiceRevision {
  String account();

  String region();

  /// The cluster's name.
  String cluster();

  /// The service's name.
  String service();

  String id();

  default Scope scope() {
    return new Scope(account(), region());
  }

  default String serviceKey() {
    return scope().key(cluster(), service());
  }

  default String key() {
    return scope().key(cluster(), service(), id());
  }

  default String serviceArn() {
    return scope().arn("ecs", "service/" + cluster() + "/" + service()).toString();
  }

  default String clusterArn() {
    return scope().arn("ecs", "cluster/" + cluster()).toString();
  }
}
