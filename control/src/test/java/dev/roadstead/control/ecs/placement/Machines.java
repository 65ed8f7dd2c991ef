package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.Reservation;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.TaskTimesBuilder;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A cluster of container instances with tasks, built row by row.
final class Machines {
  static final Instant REGISTERED = Instant.parse("2026-01-02T03:04:05.678Z");
  static final String CLUSTER_KEY = World.scope().key("c");

  private State state =
      State.empty(Schema.of(ContainerInstances.TABLE, Services.TABLE, Tasks.TABLE));
  private int tasks;
  private final List<Task> alive = new ArrayList<>();

  State state() {
    return state;
  }

  /// The same rows, read as after a restart.
  State reloaded() {
    State empty = State.empty(state.schema());
    List<Change> rows = new ArrayList<>();
    state.all(Tasks.TABLE).forEach(row -> rows.add(Tasks.TABLE.put(row)));
    state.all(ContainerInstances.TABLE).forEach(row -> rows.add(ContainerInstances.TABLE.put(row)));
    return empty.with(rows);
  }

  static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /// An ACTIVE, connected instance; attributes are `NAME` or `NAME=VALUE`.
  Machines instance(String id, int cpu, int memory, String... attributes) {
    return instance(id, cpu, memory, true, ContainerInstance.ACTIVE, attributes);
  }

  Machines instance(
      String id, int cpu, int memory, boolean connected, String status, String... attributes) {
    ContainerInstance instance =
        new ContainerInstance(
            World.ACCOUNT,
            World.REGION,
            "c",
            id,
            "i-" + id,
            status,
            null,
            connected,
            REGISTERED,
            null,
            null,
            cpu,
            memory,
            List.of(22, 2375, 2376, 51678, 51679),
            List.of(),
            List.of("gpu-0"),
            Stream.of(attributes).map(Machines::attribute).toList(),
            "1.10.2",
            "hash",
            "DockerVersion: 27",
            null,
            null,
            List.of(),
            "OK",
            REGISTERED,
            null,
            1);
    state = state.with(List.of(ContainerInstances.create(instance)));
    return this;
  }

  ContainerInstance get(String id) {
    return state.get(ContainerInstances.TABLE, World.scope().key("c", id));
  }

  /// A RUNNING task of that group on that instance.
  Machines task(String instanceId, String group, Reservation reservation) {
    return task(instanceId, group, reservation, TaskStatus.RUNNING);
  }

  Machines task(String instanceId, String group, Reservation reservation, TaskStatus status) {
    tasks++;
    Task task =
        new Task(
            World.ACCOUNT,
            World.REGION,
            "c",
            "t" + tasks,
            "f",
            1,
            group,
            null,
            null,
            null,
            "EC2",
            null,
            instanceId,
            null,
            status,
            true,
            true,
            Health.UNKNOWN,
            List.of(),
            reservation,
            "",
            "",
            "",
            List.of(),
            false,
            TaskTimesBuilder.builder().createdAt(REGISTERED).build(),
            null,
            1);
    state = state.with(List.of(Tasks.create(task)));
    alive.add(task);
    return this;
  }

  /// Those not stopped yet, oldest first.
  List<Task> tasks() {
    return alive;
  }

  /// Reports the task at this place of {@link #tasks} STOPPED; nothing when there is none.
  void stop(int at) {
    if (at < alive.size()) {
      Task task = alive.remove(at);
      Task stopped = TaskBuilder.builder(task).wanted(false).lastStatus(TaskStatus.STOPPED).build();
      state = state.with(Tasks.update(task, stopped));
    }
  }

  void status(ContainerInstance row, String status, boolean connected) {
    if (!row.status().equals(ContainerInstance.INACTIVE)) {
      change(
          row, ContainerInstanceBuilder.builder(row).status(status).connected(connected).build());
    }
  }

  void attributes(ContainerInstance row, String... attributes) {
    List<Attribute> all = Stream.of(attributes).map(Machines::attribute).toList();
    change(row, ContainerInstanceBuilder.builder(row).attributes(all).build());
  }

  private void change(ContainerInstance before, ContainerInstance after) {
    state = state.with(ContainerInstances.update(before, after));
  }

  static Attribute attribute(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? new Attribute(text, null)
        : new Attribute(text.substring(0, equals), text.substring(equals + 1));
  }

  static Reservation takes(int cpu, int memory, Integer... tcpPorts) {
    return new Reservation(cpu, memory, List.of(tcpPorts), List.of(), 0);
  }

  /// A demand under construction.
  record Asks(
      Reservation reservation,
      String group,
      boolean external,
      List<Attribute> requires,
      List<Constraint> constraints,
      List<Strategy> strategies) {
    Asks(Reservation reservation) {
      this(reservation, "family:f", false, List.of(), List.of(), List.of());
    }

    Asks group(String value) {
      return new Asks(reservation, value, external, requires, constraints, strategies);
    }

    Asks outside() {
      return new Asks(reservation, group, true, requires, constraints, strategies);
    }

    Asks requires(String... values) {
      List<Attribute> all = Stream.of(values).map(Machines::attribute).toList();
      return new Asks(reservation, group, external, all, constraints, strategies);
    }

    Asks memberOf(String expression) {
      return with(new Constraint.MemberOf(expression), null);
    }

    Asks distinct() {
      return with(new Constraint.DistinctInstance(), null);
    }

    Asks by(Strategy strategy) {
      return with(null, strategy);
    }

    private Asks with(@Nullable Constraint constraint, @Nullable Strategy strategy) {
      List<Constraint> rules = new ArrayList<>(constraints);
      if (constraint != null) {
        rules.add(constraint);
      }
      List<Strategy> order = new ArrayList<>(strategies);
      if (strategy != null) {
        order.add(strategy);
      }
      return new Asks(reservation, group, external, requires, rules, order);
    }

    Demand demand() {
      return new Demand(
          CLUSTER_KEY, group, null, external, reservation, requires, constraints, strategies);
    }
  }

  static Asks asks(int cpu, int memory, Integer... tcpPorts) {
    return new Asks(takes(cpu, memory, tcpPorts));
  }

  Choice place(Asks asks, int count) {
    return Placement.place(state, asks.demand(), count, random(1));
  }

  static List<String> ids(Choice choice) {
    return choice.chosen().stream().map(ContainerInstance::id).toList();
  }
}
