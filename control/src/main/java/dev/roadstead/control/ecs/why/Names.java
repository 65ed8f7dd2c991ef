package dev.roadstead.control.ecs.why;

import dev.roadstead.base.Arn;
import org.jspecify.annotations.Nullable;

/// What a name given to `why` may mean.
///
/// @param kind `cluster`, `task`, `service`, `service-deployment` or `container-instance`; empty
///     when it may be any
/// @param name within the cluster, `SERVICE/ID` of a deployment; empty for the cluster itself
record Names(String kind, String cluster, String name) {
  /// An ARN, `cluster/name`, or a cluster's name; null when it is none of these.
  static @Nullable Names of(String text) {
    Arn arn = Arn.parse(text);
    if (arn == null) {
      int slash = text.indexOf('/');
      return slash < 0
          ? new Names("cluster", text, "")
          : new Names("", text.substring(0, slash), text.substring(slash + 1));
    }
    String path = arn.resourcePath();
    String[] parts = path.split("/", -1);
    return switch (arn.resourceType()) {
      case "cluster" -> new Names("cluster", path, "");
      case "task", "service", "container-instance" ->
          parts.length == 2 ? new Names(arn.resourceType(), parts[0], parts[1]) : null;
      case "service-deployment" ->
          parts.length == 3
              ? new Names(arn.resourceType(), parts[0], parts[1] + "/" + parts[2])
              : null;
      case "service-revision" ->
          parts.length == 3 ? new Names("service", parts[0], parts[1]) : null;
      default -> null;
    };
  }
}
