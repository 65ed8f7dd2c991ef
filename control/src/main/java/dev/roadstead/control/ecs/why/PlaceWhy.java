package dev.roadstead.control.ecs.why;

import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.Resource;

/// Why a container instance or a cluster takes no tasks, or has none.
final class PlaceWhy {
  private PlaceWhy() {}

  static Finding of(String cluster, ContainerInstance instance) {
    String subject =
        "container instance "
            + Names.tail(instance.containerInstanceArn())
            + " in cluster "
            + cluster;
    int cpu = free(instance, "CPU");
    int memory = free(instance, "MEMORY");
    List<String> evidence =
        List.of(
            "status %s, agent connected: %s"
                .formatted(instance.status(), instance.agentConnected()),
            "%d tasks running, %d pending"
                .formatted(instance.runningTasksCount(), instance.pendingTasksCount()),
            "free: %d CPU units, %d MiB".formatted(cpu, memory));
    Reason reason =
        switch (instance.status()) {
          case "INACTIVE" -> Reason.DELETED;
          case "DRAINING" -> Reason.DRAINING;
          default -> {
            if (!Boolean.TRUE.equals(instance.agentConnected())) {
              yield Reason.AGENT_AWAY;
            }
            boolean used = instance.runningTasksCount() + instance.pendingTasksCount() > 0;
            yield cpu <= 0 || memory <= 0 ? Reason.FULL : used ? Reason.AS_WANTED : Reason.UNUSED;
          }
        };
    return Finding.of(reason, subject, evidence, instance.registeredAt());
  }

  static Finding of(Ecs ecs, Cluster cluster) throws IOException {
    String name = cluster.clusterName();
    String subject = "cluster " + name;
    if (!"ACTIVE".equals(cluster.status())) {
      return Finding.of(Reason.DELETED, subject, List.of("status " + cluster.status()), null);
    }
    List<ContainerInstance> all = ecs.instances(name, ecs.instanceArns(name, null));
    long active = all.stream().filter(one -> "ACTIVE".equals(one.status())).count();
    long there = all.stream().filter(one -> Boolean.TRUE.equals(one.agentConnected())).count();
    List<String> evidence =
        List.of(
            "%d instances, %d ACTIVE, %d connected".formatted(all.size(), active, there),
            "%d tasks running, %d pending, %d services"
                .formatted(
                    cluster.runningTasksCount(),
                    cluster.pendingTasksCount(),
                    cluster.activeServicesCount()));
    Reason reason =
        all.isEmpty()
            ? Reason.NO_INSTANCE
            : active == 0 ? Reason.NONE_ACTIVE : there == 0 ? Reason.AGENT_AWAY : Reason.AS_WANTED;
    return Finding.of(reason, subject, evidence, null);
  }

  private static int free(ContainerInstance instance, String name) {
    return instance.remainingResources().stream()
        .filter(one -> one.name().equals(name))
        .mapToInt(Resource::integerValue)
        .sum();
  }
}
