package dev.roadstead.control.ecs.why;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.WaitingTasks;
import java.util.List;
import java.util.stream.Stream;

/// Tasks that have no room.
final class RoomSeeds {
  private static final String EVENT = "was unable to place a task because no container instance";

  private RoomSeeds() {}

  static List<Seed> all() {
    return Stream.of(amounts(), attributes(), others()).flatMap(List::stream).toList();
  }

  private static List<Seed> amounts() {
    return List.of(
        Seed.of("no instance", Reason.NO_INSTANCE, it -> it.lacking("web", 1))
            .says("0 instances in the cluster")
            .aws(EVENT, "Reason: No Container Instances were found in your cluster.")
            .change("Start an agent"),
        Seed.of(
                "no CPU",
                Reason.NO_CPU,
                it ->
                    it.join("i1")
                        .join("i2")
                        .define("half", "\"cpu\": 1200")
                        .taken("half", 2)
                        .lacking("half", 1))
            .says(
                "nearest of 2 instances, i1: needs 1200 CPU units, 848 of 2048 are free",
                "no-cpu strikes 2 of 2 instances")
            .aws(
                "i1 has insufficient CPU units available",
                "Of 2 instances: 2 RESOURCE:CPU (nearest i1 needs 1200 CPU units, 848 of 2048",
                "\"reason\":\"RESOURCE:CPU\"")
            .change("Free 352 CPU units on i1, add an instance with at least 1200, or ask for at"),
        Seed.of(
                "more CPU than any instance has",
                Reason.NO_CPU,
                it -> it.join("i1").define("large", "\"cpu\": 4096").lacking("large", 1))
            .says("i1: needs 4096 CPU units, 2048 of 2048 are free")
            .aws("\"reason\":\"RESOURCE:CPU\"", "needs 4096 CPU units, 2048 of 2048 are free")
            .change("Ask for at most 2048 CPU units, or add an instance with at least 4096"),
        Seed.of("no memory", Reason.NO_MEMORY, it -> it.join("i1").lacking("web", 3))
            .says("i1: needs 2048 MiB of memory, 0 of 4096 are free")
            .aws(
                "i1 has insufficient memory available",
                "Of 1 instances: 1 RESOURCE:MEMORY (nearest i1 needs 2048 MiB of memory, 0 of",
                "\"reason\":\"RESOURCE:MEMORY\"")
            .change("Free 2048 MiB of memory on i1, add an instance with at least 2048."),
        Seed.of(
                "no GPU",
                Reason.NO_GPU,
                it ->
                    it.join("i1")
                        .define(
                            "learn",
                            "\"resourceRequirements\": [{\"type\": \"GPU\", \"value\": \"2\"}]")
                        .lacking("learn", 1))
            .says("needs 2 GPUs, 0 of 0 are free")
            .aws("has insufficient GPU resource available", "\"reason\":\"RESOURCE:GPU\"")
            .change("Add an instance with at least 2 GPUs: none here has any."));
  }

  private static List<Seed> attributes() {
    return List.of(
        Seed.of(
                "port clash",
                Reason.PORT_IN_USE,
                it ->
                    it.join("i1")
                        .define(
                            "port",
                            "\"memory\": 100, \"portMappings\":"
                                + "[{\"containerPort\": 80, \"hostPort\": 80}]")
                        .lacking("port", 2))
            .says("i1: needs host port 80/tcp, which is in use")
            .aws("is already using a port required by your task", "\"reason\":\"RESOURCE:PORTS\"")
            .change("Use host port 0, free the port on i1"),
        Seed.of(
                "missing capability",
                Reason.CAPABILITY_MISSING,
                it ->
                    it.join("i1")
                        .define("log", "\"logConfiguration\": {\"logDriver\": \"fluentd\"}")
                        .lacking("log", 1))
            .says("needs attribute com.amazonaws.ecs.capability.")
            .aws("is missing an attribute required by your task", "\"reason\":\"ATTRIBUTE\"")
            .change("Use an instance whose agent has com.amazonaws.ecs.capability"),
        Seed.of("missing attribute", Reason.ATTRIBUTE_MISSING, it -> foreign(it.join("i1")))
            .says("needs attribute ecs.cpu-architecture = ARM64, which it lacks")
            .aws("is missing an attribute required by your task", "\"reason\":\"ATTRIBUTE\"")
            .change("Set attribute ecs.cpu-architecture = ARM64 on i1"),
        Seed.of("unmet constraint", Reason.CONSTRAINT_UNMET, it -> constrained(it.join("i1")))
            .says("i1: does not match attribute:color == blue")
            .aws(
                "encountered error \\\"MemberOf placement constraint unsatisfied.\\\"",
                "\"reason\":\"MemberOf placement constraint unsatisfied.\"")
            .change("Change the constraint"),
        Seed.of(
                "an instance for each task",
                Reason.DISTINCT_INSTANCE,
                it ->
                    it.join("i1")
                        .define("small", "\"memory\": 100")
                        .lacking(
                            "small",
                            2,
                            ", \"placementConstraints\": [{\"type\": \"distinctInstance\"}]"))
            .says("i1: already has a task of group service:s")
            .aws("encountered error \\\"DistinctInstance placement constraint unsatisfied.\\\"")
            .change("Add an instance: each of the 1 has a task of the group."));
  }

  private static List<Seed> others() {
    return List.of(
        Seed.of(
                "agent disconnected",
                Reason.AGENT_AWAY,
                it -> it.join("i1").away("i1").lacking("web", 1))
            .says("i1: the agent is not connected", "agent-away strikes 1 of 1 instances")
            .aws("encountered error \\\"AGENT\\\"", "\"reason\":\"AGENT\"")
            .change("Start the agent of i1"),
        Seed.of(
                "drained cluster",
                Reason.NONE_ACTIVE,
                it -> it.join("i1").status("i1", ContainerInstance.DRAINING).lacking("web", 1))
            .says("0 of 1 instances are ACTIVE; i1 is DRAINING")
            .aws(EVENT)
            .change("Set i1 to ACTIVE"),
        Seed.of("empty provider", Reason.PROVIDER_EMPTY, it -> provided(it.join("i1")))
            .says("0 of 1 instances have joined scaled")
            .aws("No Container Instances were found in your capacity provider.")
            .change("Start an agent with this capacity provider"),
        Seed.of("capacity wait", Reason.WAITS_FOR_ROOM, it -> it.join("i1", "scaled").waiting(3))
            .says(
                "number 1 in the order of scaled, until",
                "no-memory: No instance has enough free memory.",
                "needs 2048 MiB of memory, 0 of 4096 are free")
            .aws(
                "\"lastStatus\":\"PROVISIONING\"",
                "\"value\":\"RESOURCE:MEMORY\"",
                "of 1 instances {RESOURCE:MEMORY=1}")
            .change("Free 2048 MiB of memory on i1"),
        Seed.of(
                "waited too long",
                Reason.WAITED_TOO_LONG,
                it -> it.later(it.waiting(1), WaitingTasks.LIMIT))
            .says("TaskFailedToStart: EMPTY CAPACITY PROVIDER", "stopped by placement")
            .aws(
                "\"stopCode\":\"TaskFailedToStart\"",
                "\"stoppedReason\":\"TaskFailedToStart: EMPTY CAPACITY PROVIDER\"")
            .change("Add room"));
  }

  private static String constrained(Seeds it) {
    return it.lacking(
        "web",
        1,
        ", \"placementConstraints\": [{\"type\": \"memberOf\","
            + " \"expression\": \"attribute:color == blue\"}]");
  }

  private static String provided(Seeds it) {
    return it.service(
        "web",
        1,
        ", \"capacityProviderStrategy\": [{\"capacityProvider\": \"scaled\", \"weight\": 1}]");
  }

  /// A definition for another processor.
  private static String foreign(Seeds it) {
    it.perform(
        "RegisterTaskDefinition {\"family\": \"arm\", \"containerDefinitions\": [{\"name\": \"a\","
            + " \"image\": \"b\", \"memory\": 100}], \"runtimePlatform\":"
            + " {\"cpuArchitecture\": \"ARM64\", \"operatingSystemFamily\": \"LINUX\"}}");
    return it.lacking("arm", 1);
  }
}
