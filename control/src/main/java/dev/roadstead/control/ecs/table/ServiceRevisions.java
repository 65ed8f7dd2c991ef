package dev.roadstead.control.ecs.table;

import dev.roadstead.control.api.Scope;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Table;

/// Revisions of services, by account, region, cluster, service and id. Each is made, and forgotten,
/// with the one {@link DeploymentRecord} that it is the target of.
public final class ServiceRevisions {
  public static final Table<ServiceRevision> TABLE =
      Table.of("service-revisions", ServiceRevision.class, ServiceRevision::key);

  private ServiceRevisions() {}

  /// A new revision.
  static Change create(ServiceRevision revision) {
    return TABLE.put(revision);
  }

  static Change forget(String key) {
    return TABLE.delete(key);
  }

  /// The ARN of a revision of a service.
  public static String arn(Scope scope, String cluster, String service, String id) {
    return scope.arn("ecs", "service-revision/" + cluster + "/" + service + "/" + id).toString();
  }
}
