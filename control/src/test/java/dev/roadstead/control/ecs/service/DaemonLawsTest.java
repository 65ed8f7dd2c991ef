package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.loop.Dirty;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/// The laws of DAEMON services over random histories, beside a REPLICA service that takes all the
/// room it finds. Each step is one plan, so the laws hold in between too.
@SuppressWarnings("unchecked") // the SDK takes varargs of consumers of builders
class DaemonLawsTest {
  private static final int HISTORIES = 80;
  private static final int STEPS = 50;
  private static final Duration LEASE = Duration.ofSeconds(20);
  private static final String OTHER = "many";
  private static final List<String> INSTANCES = List.of("i0", "i1", "i2", "i3");

  static Stream<Long> seeds() {
    return Stream.iterate(1L, seed -> seed + 1).limit(HISTORIES);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void holdsItsLaws(long seed) {
    Random random = new Random(seed);
    Stage stage = Stage.open().instance("i0", 40, 1000, "a").instance("i1", 30, 1000, "b");
    boolean constrained = random.nextBoolean();
    stage.create(
        one -> {
          one.schedulingStrategy("DAEMON")
              .desiredCount(null)
              .taskDefinition(random.nextBoolean() ? "app:1" : "checked:1")
              .deploymentConfiguration(
                  two ->
                      two.minimumHealthyPercent(List.of(0, 50, 80).get(random.nextInt(3)))
                          .bakeTimeInMinutes(random.nextInt(3)));
          if (constrained) {
            one.placementConstraints(
                two -> two.type("memberOf").expression("attribute:role == edge"));
          }
        });
    stage.create(one -> one.serviceName(OTHER).desiredCount(20));
    for (int i = 0; i < STEPS; i++) {
      happens(stage, random);
      plansUntilItRests(stage);
    }
    converges(stage, constrained);
  }

  private static void happens(Stage stage, Random random) {
    List<Task> wanted = stage.wanted();
    Task task = wanted.isEmpty() ? null : wanted.get(random.nextInt(wanted.size()));
    switch (random.nextInt(12)) {
      case 0, 1 -> stage.wanted(TaskStatus.PENDING).forEach(stage::running);
      case 2 -> {
        if (task != null) {
          stage.exits(task, 1);
        }
      }
      case 3 -> {
        if (task != null && task.lastStatus() == TaskStatus.RUNNING) {
          stage.health(task, random.nextInt(3) == 0 ? Health.UNHEALTHY : Health.HEALTHY);
        }
      }
      case 4 -> stage.stopping().stream().limit(2).forEach(one -> stage.exits(one, 143));
      case 5 -> stage.world.pass(Duration.ofSeconds(random.nextInt(400)));
      case 6 ->
          stage.change(one -> one.taskDefinition(random.nextBoolean() ? "app:2" : "checked:1"));
      case 7, 8, 9 -> instance(stage, random);
      case 10 -> stage.change(one -> one.forceNewDeployment(true));
      default -> stage.stopping().forEach(one -> stage.exits(one, 143));
    }
  }

  /// One comes, drains, is lost, comes back, goes for good, or changes its role.
  private static void instance(Stage stage, Random random) {
    String id = INSTANCES.get(random.nextInt(INSTANCES.size()));
    ContainerInstance before = find(stage.world.state(), id);
    if (before == null) {
      stage.world.apply(List.of(ContainerInstances.create(fresh(stage, id))));
      return;
    }
    if (before.status().equals(ContainerInstance.INACTIVE)) {
      return;
    }
    boolean connected = random.nextInt(4) > 0;
    Instant lease = before.connected() ? stage.world.now().plus(LEASE) : before.lostAt();
    put(
        stage,
        before,
        ContainerInstanceBuilder.builder(before)
            .status(
                List.of("ACTIVE", "ACTIVE", "ACTIVE", "DRAINING", "DRAINING", "INACTIVE")
                    .get(random.nextInt(6)))
            .connected(connected)
            .lostAt(connected ? null : lease)
            .attributes(random.nextInt(3) > 0 ? List.of(new Attribute("role", "edge")) : List.of())
            .build());
  }

  private static ContainerInstance fresh(Stage stage, String id) {
    ContainerInstance like =
        stage.world.state().get(ContainerInstances.TABLE, World.scope().key("default", "i0"));
    return ContainerInstanceBuilder.builder(like)
        .id(id)
        .status(ContainerInstance.ACTIVE)
        .statusReason(null)
        .connected(true)
        .lostAt(null)
        .cpuUnits(30)
        .version(1)
        .attributes(List.of(new Attribute("role", "edge")))
        .build();
  }

  private static void put(Stage stage, ContainerInstance before, ContainerInstance after) {
    stage.world.apply(ContainerInstances.update(before, after));
  }

  private static @Nullable ContainerInstance find(State state, String id) {
    return state.find(ContainerInstances.TABLE, World.scope().key("default", id));
  }

  private static void plansUntilItRests(Stage stage) {
    for (int i = 0; i < 100; i++) {
      State before = stage.world.state();
      List<Change> changes =
          new ServiceController().plan(before, everything(before), stage.world.moment());
      if (changes.isEmpty()) {
        return;
      }
      stage.world.apply(changes);
      State after = stage.world.state();
      neverTwoOnAnInstance(after);
      neverAboveMaximum(before, after, stage);
      neverBelowMinimum(before, after, stage);
      firstToCome(before, after, stage);
      lastToLeave(before, after);
    }
    throw new AssertionError("no fixpoint");
  }

  private static Stream<Task> daemons(State state) {
    return state.all(Tasks.TABLE).stream()
        .filter(one -> Stage.WEB.equals(one.serviceName()) && !one.stopped());
  }

  /// Not even one that ends counts as gone.
  private static void neverTwoOnAnInstance(State state) {
    Set<String> hosts = new HashSet<>();
    daemons(state)
        .filter(one -> !gone(state, one))
        .forEach(one -> assertThat(hosts.add(String.valueOf(one.instanceKey()))).isTrue());
  }

  private static boolean gone(State state, Task task) {
    return instance(state, task).status().equals(ContainerInstance.INACTIVE);
  }

  private static ContainerInstance instance(State state, Task task) {
    return state.get(ContainerInstances.TABLE, String.valueOf(task.instanceKey()));
  }

  /// As many at most as there are instances that they belong on, when some are started.
  private static void neverAboveMaximum(State before, State after, Stage stage) {
    long was = daemons(before).count();
    if (daemons(after).count() <= was) {
      return;
    }
    long up =
        daemons(after)
            .filter(Task::wanted)
            .filter(one -> instance(after, one).status().equals(ContainerInstance.ACTIVE))
            .filter(one -> !instance(after, one).lost(stage.world.now()))
            .count();
    assertThat(up).isLessThanOrEqualTo(stage.row().desiredCount());
  }

  /// A rollout stops none that is healthy when too few would be left. One that has just begun to
  /// run does not count yet.
  private static void neverBelowMinimum(State before, State after, Stage stage) {
    Service service = before.get(Services.TABLE, stage.row().key());
    Instant now = stage.world.now();
    boolean stops =
        daemons(before)
            .filter(
                one -> one.wanted() && counts(before, one, now) && matches(before, one, service))
            .anyMatch(one -> !after.get(Tasks.TABLE, one.key()).wanted());
    if (stops) {
      assertThat(daemons(after).filter(one -> one.wanted() && counts(after, one, now)).count())
          .isGreaterThanOrEqualTo(stage.row().lowerBound());
    }
  }

  private static boolean counts(State state, Task task, Instant now) {
    Instant since = task.times().startedAt();
    boolean settled =
        task.family().equals("checked")
            || (since != null && !since.plus(ServiceController.SETTLE).isAfter(now));
    return healthy(task) && settled && eligible(state, task) && !instance(state, task).lost(now);
  }

  private static boolean healthy(Task task) {
    return task.lastStatus() == TaskStatus.RUNNING
        && (!task.family().equals("checked") || task.health() == Health.HEALTHY);
  }

  private static boolean eligible(State state, Task task) {
    return instance(state, task).status().equals(ContainerInstance.ACTIVE);
  }

  private static boolean matches(State state, Task task, Service service) {
    return ServiceDocument.of(service).placementConstraints().isEmpty()
        || instance(state, task).attribute("role") != null;
  }

  /// Where the other service starts a task there is a daemon, or it is not to be there, or it waits
  /// for its time, and then its room is left: each takes 10 CPU units.
  private static void firstToCome(State before, State after, Stage stage) {
    Service service = stage.row();
    for (Task task : after.all(Tasks.TABLE)) {
      if (!OTHER.equals(task.serviceName()) || before.find(Tasks.TABLE, task.key()) != null) {
        continue;
      }
      ContainerInstance host = instance(after, task);
      boolean has = daemons(after).anyMatch(one -> host.key().equals(one.instanceKey()));
      boolean stalled = service.primary().stalled();
      if (!has && !stalled && matches(after, task, service)) {
        assertThat(after.value(Tasks.USAGE, host.key()).cpuUnits())
            .as("room is left on %s", host.id())
            .isLessThanOrEqualTo(host.cpuUnits() - 10);
      }
    }
  }

  /// On an instance that drains one is stopped only when no other's task is there any more.
  private static void lastToLeave(State before, State after) {
    daemons(before)
        .filter(one -> one.wanted() && !after.get(Tasks.TABLE, one.key()).wanted())
        .filter(one -> instance(before, one).status().equals(ContainerInstance.DRAINING))
        .forEach(
            one ->
                assertThat(
                        before.all(Tasks.TABLE).stream()
                            .filter(other -> OTHER.equals(other.serviceName()) && !other.stopped())
                            .filter(
                                other -> instance(before, one).key().equals(other.instanceKey())))
                    .as("left alone: %s", one.key())
                    .isEmpty());
  }

  /// With instances and tasks that allow it, there is one healthy daemon wherever it belongs. The
  /// other service goes: it may have filled an instance before a daemon belonged there.
  private static void converges(Stage stage, boolean constrained) {
    for (String id : INSTANCES) {
      ContainerInstance row = find(stage.world.state(), id);
      if (row != null) {
        put(stage, row, ContainerInstanceBuilder.builder(row).connected(true).lostAt(null).build());
      }
    }
    stage.world.call(
        new UpdateService(), UpdateServiceRequest.builder().service(OTHER).desiredCount(0).build());
    stage.change(one -> one.deploymentConfiguration(two -> two.minimumHealthyPercent(0)));
    for (int i = 0; i < 60; i++) {
      stage.stopping().forEach(one -> stage.exits(one, 143));
      stage.wanted(TaskStatus.PENDING).forEach(stage::running);
      stage.wanted(TaskStatus.RUNNING).stream()
          .filter(one -> one.family().equals("checked"))
          .forEach(one -> stage.health(one, Health.HEALTHY));
      stage.pass(Duration.ofSeconds(61));
      plansUntilItRests(stage);
    }
    State state = stage.world.state();
    Set<String> homes = new HashSet<>();
    for (ContainerInstance one : state.all(ContainerInstances.TABLE)) {
      if (one.eligible() && (!constrained || one.attribute("role") != null)) {
        homes.add(one.key());
      }
    }
    Service service = stage.row();
    assertThat(service.primary().rolloutState()).as("%s", stage.events()).isEqualTo("COMPLETED");
    assertThat(daemons(state).filter(one -> eligible(state, one)))
        .allMatch(one -> healthy(one) && service.primary().id().equals(one.deploymentId()))
        .extracting(Task::instanceKey)
        .containsExactlyInAnyOrderElementsOf(homes);
    assertThat(service.desiredCount()).isEqualTo(homes.size());
    stage.delete(true);
    stage.end();
    assertThat(stage.row().status()).isEqualTo(Service.INACTIVE);
  }

  private static Dirty everything(State state) {
    Dirty dirty = new Dirty();
    for (Table<?> table : List.of(Services.TABLE, Tasks.TABLE, ContainerInstances.TABLE)) {
      addAll(dirty, state, table);
    }
    return dirty;
  }

  private static <R extends Record> void addAll(Dirty dirty, State state, Table<R> table) {
    state.all(table).forEach(row -> dirty.add(table, table.keyOf(row), null, row));
  }
}
