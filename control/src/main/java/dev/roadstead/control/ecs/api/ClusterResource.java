package dev.roadstead.control.ecs.api;

import dev.roadstead.base.Arn;
import dev.roadstead.control.api.Scope;
import org.jspecify.annotations.Nullable;

/// A task, service or container instance of a cluster, as requests name it: by its id (a service's
/// name), or by its ARN in the long format or the old one, which has no cluster.
///
/// @param type as in its ARNs, for example `task`
/// @param cluster the name of the cluster that the request is about
public record ClusterResource(Scope scope, String type, String cluster, String idOrArn) {
  /// The key of its row; null when it is an ARN of something else, or of another account, region or
  /// cluster.
  public @Nullable String key() {
    Arn arn = Arn.parse(idOrArn);
    if (arn == null) {
      return scope.key(cluster, idOrArn);
    }
    if (!arn.resourceType().equals(type)
        || !arn.account().equals(scope.account())
        || !arn.region().equals(scope.region())) {
      return null;
    }
    String path = arn.resourcePath();
    int slash = path.indexOf('/');
    if (slash < 0) {
      return scope.key(cluster, path);
    }
    return path.substring(0, slash).equals(cluster) ? scope.key(path) : null;
  }

  /// The ARN that an answer says when there is no such row: the one sent, or that of the id.
  public String arn() {
    return idOrArn.startsWith("arn:")
        ? idOrArn
        : scope.arn("ecs", type + "/" + cluster + "/" + idOrArn).toString();
  }
}
