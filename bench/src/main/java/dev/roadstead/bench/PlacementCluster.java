package dev.roadstead.bench;

import dev.roadstead.control.ecs.placement.Constraint;
import dev.roadstead.control.ecs.placement.Demand;
import dev.roadstead.control.ecs.placement.Strategy;
import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.ContainerSpec;
import dev.roadstead.control.ecs.table.ServiceTasks;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskProtections;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.task.Launch;
import dev.roadstead.control.ecs.task.Overrides;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Rows of a cluster in three zones, half of each for production and half for the rest, and what is
/// run on it.
final class PlacementCluster {
  private static final String ACCOUNT = "111122223333";
  private static final String REGION = "eu-central-1";
  private static final Instant BEGAN = Instant.parse("2026-01-02T03:04:05Z");
  private static final int DEFINITIONS = 50;
  private static final int CONSTRAINED_EVERY = 10;
  private static final int CPU_UNITS = 64 * 1024;

  /// A quarter more than the tasks take, so that the half for production has room to the end.
  private static final int MEMORY_MIB = 112 * 1024;

  private static final List<String> ZONES = List.of("a", "b", "c");
  private static final List<String> CAPABILITIES =
      List.of(
          "com.amazonaws.ecs.capability.docker-remote-api.1.17",
          "com.amazonaws.ecs.capability.docker-remote-api.1.18",
          "com.amazonaws.ecs.capability.docker-remote-api.1.19",
          "com.amazonaws.ecs.capability.docker-remote-api.1.21",
          "com.amazonaws.ecs.capability.docker-remote-api.1.24",
          "com.amazonaws.ecs.capability.docker-remote-api.1.25",
          "com.amazonaws.ecs.capability.docker-remote-api.1.29",
          "com.amazonaws.ecs.capability.logging-driver.awslogs",
          "com.amazonaws.ecs.capability.logging-driver.json-file",
          "com.amazonaws.ecs.capability.privileged-container",
          "com.amazonaws.ecs.capability.task-iam-role",
          "ecs.capability.container-health-check",
          "ecs.capability.container-ordering",
          "ecs.capability.execute-command",
          "ecs.capability.task-cpu-mem-limit");
  private static final List<String> REQUIRED =
      List.of(
          "com.amazonaws.ecs.capability.docker-remote-api.1.29",
          "com.amazonaws.ecs.capability.logging-driver.json-file",
          "com.amazonaws.ecs.capability.task-iam-role",
          "ecs.capability.container-health-check");

  private final List<Kind> kinds = new ArrayList<>();
  private final int instances;

  /// Equal tasks.
  record Kind(Launch launch, Demand demand) {}

  PlacementCluster(int instances) {
    this.instances = instances;
    for (int i = 0; i < DEFINITIONS; i++) {
      kinds.add(kind(i));
    }
  }

  Kind any(RandomGenerator random) {
    return kinds.get(random.nextInt(kinds.size()));
  }

  Moment moment(RandomGenerator random) {
    return new Moment(BEGAN, random);
  }

  State state() {
    List<Change> rows = new ArrayList<>();
    for (int i = 0; i < instances; i++) {
      rows.add(ContainerInstances.create(instance(i)));
    }
    Schema schema =
        Schema.of(
            ContainerInstances.TABLE,
            Services.TABLE,
            ServiceTasks.TABLE,
            TaskProtections.TABLE,
            Tasks.TABLE);
    return State.empty(schema).with(rows);
  }

  private static Kind kind(int number) {
    int cpu = 64 + number % 7 * 64;
    int memory = 256 + number % 11 * 128;
    ContainerSpec container =
        new ContainerSpec("main", "app:1", true, cpu, memory, null, false, List.of(), 0);
    TaskDefinition definition =
        new TaskDefinition(
            ACCOUNT,
            REGION,
            "app" + number,
            1,
            TaskDefinition.ACTIVE,
            "{}",
            List.of(container),
            null,
            null,
            null,
            List.of(),
            REQUIRED.stream().map(name -> new Attribute(name, null)).toList(),
            List.of("EC2"),
            List.of(),
            BEGAN,
            "bench",
            null,
            null);
    Cluster cluster =
        new Cluster(
            ACCOUNT,
            REGION,
            "bench",
            Cluster.ACTIVE,
            "{}",
            List.of(),
            List.of(),
            List.of(),
            BEGAN,
            null);
    Launch launch =
        new Launch(
            cluster,
            definition,
            Overrides.NONE,
            "service:app" + number,
            "ecs-svc/0123456789",
            "app" + number,
            "ecs-svc/0123456789",
            Launch.EC2,
            null,
            List.of(),
            false);
    List<Constraint> constraints =
        number % CONSTRAINED_EVERY == 0
            ? List.of(new Constraint.MemberOf("attribute:stack == prod"))
            : List.of();
    List<Strategy> strategies =
        List.of(new Strategy.Spread("attribute:ecs.availability-zone"), new Strategy.Binpack(true));
    return new Kind(launch, launch.demand(constraints, strategies));
  }

  private static ContainerInstance instance(int number) {
    List<Attribute> attributes = new ArrayList<>();
    CAPABILITIES.forEach(name -> attributes.add(new Attribute(name, null)));
    attributes.add(
        new Attribute("ecs.availability-zone", REGION + ZONES.get(number % ZONES.size())));
    attributes.add(new Attribute("ecs.cpu-architecture", "x86_64"));
    attributes.add(new Attribute("ecs.os-type", "linux"));
    attributes.add(new Attribute("stack", number / ZONES.size() % 2 == 0 ? "prod" : "rest"));
    return new ContainerInstance(
        ACCOUNT,
        REGION,
        "bench",
        String.format("%032x", number * 0x9E3779B97F4A7C15L),
        "i-" + number,
        ContainerInstance.ACTIVE,
        null,
        true,
        BEGAN,
        null,
        null,
        CPU_UNITS,
        MEMORY_MIB,
        List.of(22, 2375, 2376, 51678, 51679),
        List.of(),
        List.of(),
        attributes,
        "1.0.0",
        "hash",
        "DockerVersion: 27",
        null,
        null,
        List.of(),
        "OK",
        BEGAN,
        null,
        1);
  }
}
