package dev.roadstead.control.ecs.why;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;

/// Says why a task, service, deployment, container instance or cluster is in the state it is in.
public final class Why {
  private Why() {}

  /// What is to be said of one of them.
  ///
  /// @param text an ARN, `cluster/name` of a service, task or container instance, or a cluster's
  ///     name
  public static Finding of(Ecs ecs, String text) throws IOException {
    Names names = Names.of(text);
    Finding found = names == null ? null : look(ecs, names);
    return found != null
        ? found
        : Finding.of(
            Reason.NOT_FOUND,
            text,
            List.of("no cluster, service, task or container instance is called so"),
            null);
  }

  private static @Nullable Finding look(Ecs ecs, Names names) throws IOException {
    String cluster = names.cluster();
    String name = names.name();
    if (names.kind().equals("cluster")) {
      Cluster found = ecs.cluster(cluster);
      return found == null ? null : PlaceWhy.of(ecs, found);
    }
    boolean any = names.kind().isEmpty();
    if (any || names.kind().equals("service")) {
      Service found = ecs.service(cluster, name);
      if (found != null) {
        return ServiceWhy.of(ecs, cluster, found);
      }
    }
    if (any || names.kind().equals("task")) {
      Task found = ecs.task(cluster, name);
      if (found != null) {
        return TaskWhy.of(ecs, cluster, found);
      }
    }
    if (any || names.kind().equals("container-instance")) {
      ContainerInstance found = ecs.instance(cluster, name);
      return found == null ? null : PlaceWhy.of(cluster, found);
    }
    return null;
  }
}
