package dev.roadstead.control.ecs.why;

import dev.roadstead.control.ecs.table.ContainerInstance;
import java.util.List;

/// Container instances, clusters, and what is not there.
final class PlaceSeeds {
  private PlaceSeeds() {}

  static List<Seed> all() {
    return List.of(
        Seed.of(
                "draining",
                Reason.DRAINING,
                it -> {
                  it.join("i1").placed();
                  return it.status("i1", ContainerInstance.DRAINING).named("default/i1");
                })
            .says("0 service tasks are left, 0 of them under protection, and 1 standalone ones")
            .aws("\"status\":\"DRAINING\"")
            .change("Stop its standalone tasks"),
        Seed.of("away", Reason.AGENT_AWAY, it -> it.join("i1").away("i1").named("default/i1"))
            .says("agent connected: false")
            .aws("\"agentConnected\":false")
            .change("agent"),
        Seed.of("full", Reason.FULL, it -> it.join("i1").taken("web", 2).named("default/i1"))
            .says("free: 2048 of 2048 CPU units, 0 of 4096 MiB")
            .aws("\"pendingTasksCount\":2")
            .change("Add an instance"),
        Seed.of("unused", Reason.UNUSED, it -> it.join("i1").named("default/i1"))
            .says("0 tasks running")
            .aws("\"runningTasksCount\":0")
            .change("Nothing"),
        Seed.of("empty cluster", Reason.NO_INSTANCE, it -> it.named("default"))
            .says("0 instances, 0 ACTIVE, 0 connected")
            .change("Start an agent"),
        Seed.of("no such thing", Reason.NOT_FOUND, it -> it.named("default/nothing"))
            .says("no cluster, service")
            .change("Check name"),
        Seed.of(
                "no such cluster",
                Reason.NOT_FOUND,
                it -> it.named("arn:aws:ecs:eu-central-1:123456789012:task/none/x"))
            .says("no cluster")
            .change("Check name"));
  }
}
