package dev.roadstead.control.ecs.why;

import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskTimesBuilder;
import java.util.List;

/// Tasks that have not ended.
final class RunSeeds {
  private RunSeeds() {}

  static List<Seed> all() {
    return List.of(
        Seed.of("running", Reason.AS_WANTED, it -> it.join("i1").running(Health.HEALTHY))
            .says("RUNNING on i1, health HEALTHY")
            .aws("\"lastStatus\":\"RUNNING\"")
            .change("Nothing"),
        Seed.of(
                "unhealthy now",
                Reason.HEALTH_FAILED,
                it -> it.join("i1").running(Health.UNHEALTHY))
            .says("container a (b): RUNNING, health UNHEALTHY")
            .aws("\"healthStatus\":\"UNHEALTHY\"")
            .change("Correct the check of container a"),
        Seed.of("placed, then the agent left", Reason.AGENT_AWAY, it -> agentLeft(it.join("i1")))
            .says("it is to run on i1, whose agent is not connected")
            .aws("\"lastStatus\":\"PENDING\"")
            .change("Start or reach the agent of i1"),
        Seed.of("starting", Reason.STARTING, it -> it.join("i1").placed())
            .says("PENDING", "placed on i1")
            .aws("\"lastStatus\":\"PENDING\"")
            .change("Wait"),
        Seed.of("pulling", Reason.PULLING, it -> pulling(it.join("i1")))
            .says("PENDING")
            .aws("\"pullStartedAt\"")
            .change("Wait"),
        Seed.of("stopping", Reason.STOPPING, it -> stopping(it.join("i1")))
            .says("stop code UserInitiated: because")
            .aws("\"desiredStatus\":\"STOPPED\"")
            .change("Wait for its stop timeout"));
  }

  private static String agentLeft(Seeds it) {
    String task = it.placed();
    it.away("i1");
    return task;
  }

  private static String pulling(Seeds it) {
    return it.update(
        it.placed(),
        row ->
            TaskBuilder.builder(row)
                .times(TaskTimesBuilder.builder(row.times()).pullStartedAt(it.now()).build())
                .build());
  }

  private static String stopping(Seeds it) {
    String task = it.running(Health.UNKNOWN);
    it.perform("StopTask {\"task\": \"" + task + "\", \"reason\": \"because\"}");
    return task;
  }
}
