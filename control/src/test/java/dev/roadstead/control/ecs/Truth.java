package dev.roadstead.control.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.instance.InstanceShape;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.InstanceUsage;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskCounts;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.TaskProtection;
import dev.roadstead.control.ecs.table.TaskProtections;
import dev.roadstead.control.ecs.table.TaskSet;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Aggregate;
import dev.roadstead.engine.table.Index;
import dev.roadstead.engine.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Resource;

/// What must hold of every state, computed from the rows alone, and of every step between two.
final class Truth {
  /// Groups that ever had a value, by aggregate: they must return to zero.
  private final Map<Aggregate<?, ?>, Set<String>> groups = new HashMap<>();

  void check(State before, State after, Instant now) {
    for (Table<?> table : after.schema().tables()) {
      checkIndexes(after, table);
      checkAggregates(after, table);
    }
    for (ContainerInstance instance : after.all(ContainerInstances.TABLE)) {
      checkInstance(after, instance);
    }
    checkClusters(after);
    checkProtected(before, after, now);
    checkDaemons(after);
    for (Task task : after.all(Tasks.TABLE)) {
      checkTask(before.find(Tasks.TABLE, task.key()), task, after);
    }
  }

  private static <R extends Record> void checkIndexes(State state, Table<R> table) {
    List<R> rows = state.all(table);
    for (Index<R> index : table.indexes()) {
      Map<String, List<String>> scanned = new TreeMap<>();
      for (R row : rows) {
        for (String key : index.keys().apply(row)) {
          scanned.computeIfAbsent(key, _ -> new ArrayList<>()).add(table.keyOf(row));
        }
      }
      assertThat(state.indexKeys(index)).as("%s", index).isEqualTo(List.copyOf(scanned.keySet()));
      scanned.forEach(
          (key, keys) -> {
            assertThat(state.keys(index, key)).as("%s %s", index, key).isEqualTo(keys);
            assertThat(state.count(index, key)).as("%s %s", index, key).isEqualTo(keys.size());
          });
    }
  }

  private <R extends Record> void checkAggregates(State state, Table<R> table) {
    for (Aggregate<R, ?> aggregate : table.aggregates()) {
      checkAggregate(state, table, aggregate);
    }
  }

  private <R extends Record, A> void checkAggregate(
      State state, Table<R> table, Aggregate<R, A> aggregate) {
    Map<String, A> sums = new HashMap<>();
    for (R row : state.all(table)) {
      String group = aggregate.group().apply(row);
      if (group != null) {
        A sum = sums.getOrDefault(group, aggregate.zero());
        sums.put(group, aggregate.plus().apply(sum, row));
      }
    }
    Set<String> seen = groups.computeIfAbsent(aggregate, _ -> new HashSet<>());
    seen.addAll(sums.keySet());
    for (String group : seen) {
      assertThat(state.value(aggregate, group))
          .as("%s %s", aggregate, group)
          .isEqualTo(sums.getOrDefault(group, aggregate.zero()));
    }
  }

  /// Sums over the tasks by hand, not by the aggregate's own steps, against what clients see.
  private static void checkInstance(State state, ContainerInstance instance) {
    List<Task> alive =
        tasks(state, task -> !task.stopped() && instance.key().equals(task.instanceKey()));
    InstanceUsage usage = state.value(Tasks.USAGE, instance.key());
    int cpu = sum(alive, task -> task.reservation().cpuUnits());
    int memory = sum(alive, task -> task.reservation().memoryMib());
    assertThat(usage.cpuUnits()).as("CPU of %s", instance.id()).isEqualTo(cpu);
    assertThat(usage.memoryMib()).as("memory of %s", instance.id()).isEqualTo(memory);
    var shown = InstanceShape.of(state, instance, Set.of());
    assertThat(shown.runningTasksCount()).isEqualTo(sum(alive, task -> running(task) ? 1 : 0));
    assertThat(shown.pendingTasksCount())
        .isEqualTo(sum(alive, task -> task.wanted() && task.lastStatus().pending() ? 1 : 0));
    for (Resource remaining : shown.remainingResources()) {
      assertThat(remaining.integerValue())
          .as("remaining %s of %s", remaining.name(), instance.id())
          .isGreaterThanOrEqualTo(0);
    }
    checkPorts(alive, instance);
    if (instance.status().equals(ContainerInstance.INACTIVE)) {
      assertThat(alive).as("tasks on %s, which is gone", instance.id()).isEmpty();
    }
  }

  private static void checkPorts(List<Task> alive, ContainerInstance instance) {
    Set<String> taken = new HashSet<>();
    for (Task task : alive) {
      for (int port : task.reservation().tcpPorts()) {
        assertThat(taken.add(port + "/tcp")).as("%s/tcp of %s", port, instance.id()).isTrue();
      }
      for (int port : task.reservation().udpPorts()) {
        assertThat(taken.add(port + "/udp")).as("%s/udp of %s", port, instance.id()).isTrue();
      }
    }
  }

  /// The scheduler stops no protected task of a service that goes on.
  private static void checkProtected(State before, State after, Instant now) {
    for (TaskProtection row : after.all(TaskProtections.TABLE)) {
      Task was = before.find(Tasks.TABLE, row.taskKey());
      Task task = after.find(Tasks.TABLE, row.taskKey());
      boolean whole =
          before.find(TaskProtections.TABLE, row.taskKey()) != null && row.expiresAt().isAfter(now);
      Service service = after.find(Services.TABLE, row.serviceKey());
      boolean active = service != null && service.active() && goesOn(after, service, task);
      if (whole && active && was != null && was.wanted() && task != null && task.stop() != null) {
        assertThat(task.stop().reason())
            .as("%s is protected", task.id())
            .doesNotStartWith("Scaling activity");
      }
    }
  }

  /// Whether the task set of a task, if it is of one, has not been deleted.
  private static boolean goesOn(State state, Service service, @Nullable Task task) {
    if (!service.external() || task == null) {
      return true;
    }
    TaskSet set = TaskSets.find(state, service, String.valueOf(task.deploymentId()));
    return set != null && !set.draining();
  }

  /// No instance ever has two tasks of a DAEMON service.
  private static void checkDaemons(State state) {
    Set<String> seen = new HashSet<>();
    for (Task task : tasks(state, task -> !task.stopped() && task.serviceKey() != null)) {
      Service service = state.find(Services.TABLE, String.valueOf(task.serviceKey()));
      if (service != null && service.daemon()) {
        assertThat(seen.add(service.key() + " on " + task.instanceKey()))
            .as("one daemon of %s on %s", service.name(), task.instanceId())
            .isTrue();
      }
    }
  }

  private static void checkClusters(State state) {
    Set<String> clusters = new HashSet<>();
    state.all(Tasks.TABLE).forEach(task -> clusters.add(task.clusterKey()));
    for (String cluster : clusters) {
      List<Task> alive = tasks(state, task -> !task.stopped() && task.clusterKey().equals(cluster));
      TaskCounts counts = state.value(Tasks.BY_CLUSTER, cluster);
      assertThat(counts.running()).isEqualTo(sum(alive, task -> running(task) ? 1 : 0));
      assertThat(counts.stopping()).isEqualTo(sum(alive, task -> task.wanted() ? 0 : 1));
      assertThat(counts.total()).isEqualTo(alive.size());
    }
  }

  private static void checkTask(
      @org.jspecify.annotations.Nullable Task before, Task after, State state) {
    if (before != null && !before.equals(after)) {
      assertThat(before.stopped()).as("%s was final", after.id()).isFalse();
      assertThat(after.lastStatus()).as(after.id()).isGreaterThanOrEqualTo(before.lastStatus());
      assertThat(before.wanted() || !after.wanted()).as("%s stays unwanted", after.id()).isTrue();
      assertThat(after.version()).as("version of %s", after.id()).isGreaterThan(before.version());
    }
    if (after.stopped()) {
      assertThat(after.wanted()).as("%s stopped", after.id()).isFalse();
      assertThat(after.times().stoppedAt()).as("%s stopped", after.id()).isNotNull();
      assertThat(after.stop()).as("%s stopped", after.id()).isNotNull();
    } else {
      assertThat(state.find(TaskDefinitions.TABLE, after.taskDefinitionKey()))
          .as("definition of %s", after.id())
          .isNotNull();
    }
  }

  private static boolean running(Task task) {
    return task.wanted() && task.lastStatus() == TaskStatus.RUNNING;
  }

  private static List<Task> tasks(State state, Predicate<Task> which) {
    return state.all(Tasks.TABLE).stream().filter(which).toList();
  }

  private static int sum(List<Task> tasks, ToIntFunction<Task> what) {
    return tasks.stream().mapToInt(what).sum();
  }
}
