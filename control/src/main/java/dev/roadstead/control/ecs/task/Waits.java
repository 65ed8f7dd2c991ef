package dev.roadstead.control.ecs.task;

import dev.roadstead.base.Bug;
import dev.roadstead.control.ecs.placement.Choice;
import dev.roadstead.control.ecs.placement.Constraint;
import dev.roadstead.control.ecs.placement.Constraints;
import dev.roadstead.control.ecs.placement.Placement;
import dev.roadstead.control.ecs.placement.Strategies;
import dev.roadstead.control.ecs.placement.Strategy;
import dev.roadstead.control.ecs.placement.Veto;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.WaitingTask;
import dev.roadstead.control.ecs.table.WaitingTasks;
import dev.roadstead.engine.root.State;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

/// Rows of tasks that wait for room, and why they do.
public final class Waits {
  private Waits() {}

  /// Why a task has no room.
  ///
  /// @param code as in a stopped reason. Source: ECS developer guide, "API failure reasons"
  /// @param detail how many instances lack what, and the nearest miss with its numbers
  record Cause(String code, String detail) {}

  /// What a task that waits meets now: an instance, or why there is none. Null when its task
  /// definition or cluster is gone.
  public static @Nullable Choice look(
      State state, WaitingTask row, Task task, RandomGenerator random) {
    Cluster cluster = state.find(Clusters.TABLE, task.clusterKey());
    TaskDefinition definition = state.find(TaskDefinitions.TABLE, task.taskDefinitionKey());
    if (cluster == null || definition == null) {
      return null;
    }
    Launch launch = Launch.of(task, cluster, definition);
    return Placement.place(
        state, launch.demand(task.reservation(), constraints(row), strategies(row)), 1, random);
  }

  /// What placement needs of the request later.
  static String document(RunTaskRequest request) {
    RunTaskRequest kept =
        RunTaskRequest.builder()
            .placementConstraints(request.placementConstraints())
            .placementStrategy(request.placementStrategy())
            .build();
    return new String(JsonShapes.write(kept), StandardCharsets.UTF_8);
  }

  static List<Constraint> constraints(WaitingTask row) {
    return Constraints.of(request(row).placementConstraints());
  }

  static List<Strategy> strategies(WaitingTask row) {
    return Strategies.of(request(row).placementStrategy());
  }

  private static RunTaskRequest request(WaitingTask row) {
    RunTaskRequest.Builder request = RunTaskRequest.builder();
    JsonShapes.fill(row.document().getBytes(StandardCharsets.UTF_8), request);
    return request.build();
  }

  /// The row of a new task.
  ///
  /// @param number of the task in its request, from 0
  static WaitingTask row(Task task, String document, Cause cause, Instant now, int number) {
    String provider = task.capacityProviderName();
    if (provider == null) {
      throw new Bug("only a task of a capacity provider waits");
    }
    return new WaitingTask(
        task.account(),
        task.region(),
        task.cluster(),
        provider,
        "%015d-%02d".formatted(now.toEpochMilli(), number),
        task.id(),
        document,
        cause.code(),
        cause.detail(),
        now,
        now.plus(WaitingTasks.LIMIT));
  }

  /// Source of the codes: ECS developer guide, "API failure reasons".
  ///
  /// @param vetoes of every examined instance
  static Cause cause(State state, Launch launch, List<Veto> vetoes) {
    Veto closest = Veto.closest(vetoes);
    if (closest != null) {
      var counts = new TreeMap<String, Integer>();
      vetoes.forEach(veto -> counts.merge(stripped(veto.reason()), 1, Integer::sum));
      return new Cause(
          stripped(closest.reason()),
          "of %d instances %s; the nearest, %s, %s"
              .formatted(vetoes.size(), counts, closest.instance().id(), closest.detail()));
    }
    String provider = String.valueOf(launch.capacityProviderName());
    int members =
        state.count(
            ContainerInstances.BY_PROVIDER,
            ContainerInstances.providerGroup(launch.cluster().key(), provider));
    return members == 0
        ? new Cause("EMPTY CAPACITY PROVIDER", "no instance has joined " + provider)
        : new Cause("NO ACTIVE INSTANCES", "none of its " + members + " instances is ACTIVE");
  }

  private static String stripped(String reason) {
    return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
  }
}
