package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.DeploymentRecord;
import dev.roadstead.control.ecs.table.DeploymentRecords;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.ServiceTasks;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Shift;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskProtections;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.loop.Dirty;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHook;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentRequest;

/// The laws of the scheduler over random histories: tasks start, run, fail and end, instances come,
/// drain, are lost, return and go, tasks are protected, services are scaled, deployed and deleted.
/// Each step is one plan, so the laws hold in between too.
class SchedulerLawsTest {
  private static final int HISTORIES = 120;
  private static final int STEPS = 60;
  private static final Duration LEASE = Duration.ofSeconds(20);
  private static final Duration PROTECTED_MAX = Duration.ofMinutes(10);

  static Stream<Long> seeds() {
    return Stream.iterate(1L, seed -> seed + 1).limit(HISTORIES);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void holdsItsLaws(long seed) {
    Random random = new Random(seed);
    Stage stage = Stage.open().instance("i0", 120, 1000, "a").instance("i1", 120, 1000, "b");
    int minimum = List.of(0, 50, 100).get(random.nextInt(3));
    int maximum = List.of(100, 150, 200).get(random.nextInt(3));
    stage.create(
        one ->
            one.desiredCount(random.nextInt(9))
                .taskDefinition(random.nextBoolean() ? "app:1" : "checked:1")
                .deploymentConfiguration(
                    two ->
                        two.applyMutation(three -> strategy(three, random))
                            .deploymentCircuitBreaker(breaker(random))
                            .minimumHealthyPercent(minimum)
                            .maximumPercent(minimum == 100 && maximum == 100 ? 150 : maximum)));
    for (int i = 0; i < STEPS; i++) {
      happens(stage, random);
      plansUntilItRests(stage);
    }
    converges(stage);
  }

  private static void strategy(DeploymentConfiguration.Builder configuration, Random random) {
    switch (random.nextInt(8)) {
      case 3, 4 ->
          configuration
              .bakeTimeInMinutes(random.nextInt(10))
              .lifecycleHooks(
                  DeploymentLifecycleHook.builder()
                      .targetType("PAUSE")
                      .lifecycleStagesWithStrings("PRE_SCALE_UP", "POST_SCALE_UP")
                      .timeoutConfiguration(one -> one.timeoutInMinutes(1).action("CONTINUE"))
                      .build());
      case 0 -> configuration.strategy("BLUE_GREEN").bakeTimeInMinutes(random.nextInt(10));
      case 1 ->
          configuration
              .strategy("LINEAR")
              .linearConfiguration(one -> one.stepPercent(30.0).stepBakeTimeInMinutes(2));
      case 2 ->
          configuration
              .strategy("CANARY")
              .bakeTimeInMinutes(1)
              .canaryConfiguration(one -> one.canaryBakeTimeInMinutes(3));
      default -> configuration.strategy("ROLLING");
    }
  }

  private static DeploymentCircuitBreaker breaker(Random random) {
    boolean enabled = random.nextInt(3) > 0;
    return DeploymentCircuitBreaker.builder()
        .enable(enabled)
        .rollback(enabled && random.nextInt(3) > 0)
        .resetOnHealthyTask(random.nextBoolean())
        .build();
  }

  private static void happens(Stage stage, Random random) {
    List<Task> wanted = stage.wanted();
    Task task = wanted.isEmpty() ? null : wanted.get(random.nextInt(wanted.size()));
    switch (random.nextInt(16)) {
      case 0, 1 -> stage.wanted(TaskStatus.PENDING).forEach(stage::running);
      case 2 -> {
        if (task != null && task.lastStatus().pending()) {
          stage.running(task);
        }
      }
      case 3 -> {
        if (task != null) {
          stage.exits(task, 1);
        }
      }
      case 4 -> {
        if (task != null && task.lastStatus() == TaskStatus.RUNNING) {
          stage.health(task, random.nextInt(3) == 0 ? Health.UNHEALTHY : Health.HEALTHY);
        }
      }
      case 5 -> stage.stopping().stream().limit(2).forEach(one -> stage.exits(one, 143));
      case 6 -> stage.world.pass(Duration.ofSeconds(random.nextInt(5)));
      case 7 -> stage.world.pass(Duration.ofSeconds(random.nextInt(600)));
      case 8 -> update(stage, random);
      case 9 -> instance(stage, random);
      case 12 ->
          stage.wanted(TaskStatus.PENDING).forEach(one -> stage.failsToStart(one, "no image"));
      case 13 -> stop(stage, random);
      case 14 -> {
        if (random.nextInt(6) == 0) {
          stage.world.pass(ServiceDeployment.LASTS_MAX);
        }
      }
      case 15 -> {
        if (task != null) {
          Duration time = Duration.ofSeconds(random.nextInt((int) PROTECTED_MAX.toSeconds()));
          stage.world.apply(List.of(TaskProtections.protect(task, stage.world.now().plus(time))));
        }
      }
      case 10 ->
          stage.wanted(TaskStatus.RUNNING).stream()
              .filter(one -> one.family().equals("checked"))
              .forEach(one -> stage.health(one, Health.HEALTHY));
      default -> stage.stopping().forEach(one -> stage.exits(one, 143));
    }
  }

  /// Asks the deployment that goes on, if one does, to stop.
  private static void stop(Stage stage, Random random) {
    DeploymentRecord record = newest(stage);
    if (record.status().ended() || random.nextInt(3) > 0) {
      return;
    }
    var request =
        StopServiceDeploymentRequest.builder()
            .serviceDeploymentArn(record.arn())
            .stopType(random.nextBoolean() ? "ROLLBACK" : "ABORT")
            .build();
    State state = stage.world.state();
    stage.world.apply(
        new StopServiceDeployment().decide(state, request, stage.world.call()).changes());
  }

  private static DeploymentRecord newest(Stage stage) {
    return DeploymentRecords.newestFirst(stage.world.state(), stage.row().key()).getFirst();
  }

  private static void update(Stage stage, Random random) {
    switch (random.nextInt(3)) {
      case 0 -> stage.change(one -> one.desiredCount(random.nextInt(9)));
      case 1 ->
          stage.change(
              one ->
                  one.taskDefinition(
                      List.of("app:1", "app:2", "checked:1").get(random.nextInt(3))));
      default -> stage.change(one -> one.forceNewDeployment(true));
    }
  }

  private static void instance(Stage stage, Random random) {
    String id = "i" + random.nextInt(2);
    ContainerInstance before = find(stage, id);
    if (before.status().equals(ContainerInstance.INACTIVE)) {
      return;
    }
    String status =
        List.of("ACTIVE", "ACTIVE", "DRAINING", "DRAINING", "INACTIVE").get(random.nextInt(5));
    connection(stage, before, status, random.nextInt(4) > 0);
  }

  /// One whose agent goes is lost after its lease.
  private static void connection(
      Stage stage, ContainerInstance before, String status, boolean connected) {
    Instant lease = before.connected() ? stage.world.now().plus(LEASE) : before.lostAt();
    stage.world.apply(
        ContainerInstances.update(
            before,
            ContainerInstanceBuilder.builder(before)
                .status(status)
                .connected(connected)
                .lostAt(connected ? null : lease)
                .build()));
  }

  private static ContainerInstance find(Stage stage, String id) {
    return stage
        .world
        .state()
        .get(ContainerInstances.TABLE, stage.row().scope().key("default", id));
  }

  /// Plans step by step, and checks each.
  private static void plansUntilItRests(Stage stage) {
    for (int i = 0; i < 100; i++) {
      State before = stage.world.state();
      Moment moment = stage.world.moment();
      List<Change> changes = new Twin().plan(before, everything(before), moment);
      assertThat(changes).as("bounded").hasSizeLessThan(1000);
      if (changes.isEmpty()) {
        return;
      }
      stage.world.apply(changes);
      keepsBounds(before, stage.world.state(), stage.row(), moment.now());
      keepsProtected(before, stage.world.state(), moment.now());
      keepsHistory(before, stage.world.state(), stage.row());
    }
    throw new AssertionError("no fixpoint");
  }

  /// Tasks on lost instances are left out: nobody knows whether they run.
  private static void keepsBounds(State before, State after, Service service, Instant now) {
    long wantedBefore = count(before, now);
    long wantedAfter = count(after, now);
    boolean started = after.count(Tasks.TABLE) > before.count(Tasks.TABLE);
    Service was = before.get(Services.TABLE, service.key());
    boolean rolls = !was.inactive() && Shifting.holds(was.primary());
    String old = old(was);
    if (started && (old == null || rolls)) {
      assertThat(wantedAfter).as("never above upper").isLessThanOrEqualTo(service.upperBound());
    } else if (started) {
      long ofOld = of(after, old, now);
      assertThat(Math.max(ofOld, wantedAfter - ofOld))
          .as("neither side above upper")
          .isLessThanOrEqualTo(service.upperBound());
    }
    long healthyBefore = healthy(before, service, now);
    long healthyAfter = healthy(after, service, now);
    if (healthyAfter < healthyBefore && !lostInstance(before)) {
      assertThat(healthyAfter)
          .as("never below lower by the scheduler's own hand (%s wanted)", wantedBefore)
          .isGreaterThanOrEqualTo(service.lowerBound());
    }
    for (Task task : before.all(Tasks.TABLE)) {
      Task then = after.find(Tasks.TABLE, task.key());
      assertThat(then).isNotNull();
      if (then != null) {
        assertThat(task.lastStatus().mayBecome(then.lastStatus())).as("monotone").isTrue();
      }
    }
  }

  /// One deployment goes on at most: the primary one, whose record is the newest. Records only move
  /// forward, and none outlasts its bound.
  private static void keepsHistory(State before, State after, Service service) {
    List<DeploymentRecord> records = DeploymentRecords.newestFirst(after, service.key());
    assertThat(records.stream().skip(1)).as("ended").allMatch(one -> one.status().ended());
    ServiceDeployment primary = service.primary();
    assertThat(primary.inProgress())
        .as("%s %s", primary, records.getFirst())
        .isEqualTo(!records.getFirst().status().ended());
    if (primary.inProgress()) {
      assertThat(primary.recordId()).isEqualTo(records.getFirst().id());
    }
    for (DeploymentRecord one : before.all(DeploymentRecords.TABLE)) {
      DeploymentRecord now = after.get(DeploymentRecords.TABLE, one.key());
      assertThat(one.status().mayBecome(now.status())).as("%s %s", one, now).isTrue();
    }
  }

  /// The deployment that is kept while traffic moves away from it.
  private static @Nullable String old(Service service) {
    Shift shift = service.inactive() ? null : service.primary().shift();
    return shift == null || shift.over() || !service.primary().inProgress() ? null : shift.old();
  }

  private static long of(State state, @Nullable String deploymentId, Instant now) {
    return present(state, now)
        .filter(one -> Objects.equals(one.deploymentId(), deploymentId))
        .count();
  }

  /// Only what its health checks fail, or what was on an instance that is gone, ends in spite of
  /// its protection.
  private static void keepsProtected(State before, State after, Instant now) {
    for (Task task : before.all(Tasks.TABLE)) {
      Task then = after.find(Tasks.TABLE, task.key());
      if (task.wanted()
          && then != null
          && !then.wanted()
          && task.health() != Health.UNHEALTHY
          && !instance(before, task).status().equals(ContainerInstance.INACTIVE)) {
        assertThat(TaskProtections.expiry(before, task, now)).as("%s", then).isNull();
      }
    }
  }

  private static ContainerInstance instance(State state, Task task) {
    return state.get(ContainerInstances.TABLE, String.valueOf(task.instanceKey()));
  }

  private static Stream<Task> present(State state, Instant now) {
    return state.all(Tasks.TABLE).stream()
        .filter(one -> one.wanted() && !instance(state, one).lost(now));
  }

  private static boolean lostInstance(State state) {
    return state.all(ContainerInstances.TABLE).stream()
        .anyMatch(one -> one.status().equals(ContainerInstance.INACTIVE));
  }

  private static long count(State state, Instant now) {
    return present(state, now).count();
  }

  /// Tasks that health checks or running say are healthy, young ones left out on the safe side.
  private static long healthy(State state, Service service, Instant now) {
    return present(state, now)
        .filter(one -> one.lastStatus() == TaskStatus.RUNNING)
        .filter(one -> !one.family().equals("checked") || one.health() == Health.HEALTHY)
        .filter(one -> service.key().equals(one.serviceKey()))
        .count();
  }

  /// With percentages, instances and tasks that allow it, it comes to rest as it is wanted.
  private static void converges(Stage stage) {
    stage.instance("i9", 100_000, 100_000, "c");
    for (String id : List.of("i0", "i1")) {
      ContainerInstance row = find(stage, id);
      connection(stage, row, row.status(), true);
    }
    stage.world.pass(PROTECTED_MAX);
    stage.change(
        one ->
            one.deploymentConfiguration(two -> two.minimumHealthyPercent(50).maximumPercent(200)));
    if (stage.row().primary().rolloutState().equals(ServiceDeployment.FAILED)) {
      stage.change(one -> one.forceNewDeployment(true));
    }
    for (int i = 0; i < 100; i++) {
      stage.stopping().forEach(one -> stage.exits(one, 143));
      stage.wanted(TaskStatus.PENDING).forEach(stage::running);
      stage.wanted(TaskStatus.RUNNING).stream()
          .filter(one -> one.family().equals("checked"))
          .forEach(one -> stage.health(one, Health.HEALTHY));
      stage.pass(Duration.ofSeconds(61));
      plansUntilItRests(stage);
    }
    Service service = stage.row();
    assertThat(service.deployments()).hasSize(1);
    assertThat(service.primary().rolloutState())
        .as("%s %s", stage.events(), service.deployments())
        .isEqualTo("COMPLETED");
    assertThat(newest(stage).status().ended()).isTrue();
    assertThat(stage.wanted(TaskStatus.RUNNING)).hasSize(service.desiredCount());
    assertThat(stage.wanted())
        .allMatch(one -> service.primary().id().equals(one.deploymentId()))
        .noneMatch(
            one -> find(stage, String.valueOf(one.instanceId())).status().equals("DRAINING"));
    assertThat(stage.events().getFirst()).isEqualTo("has reached a steady state.");
    assertThat(stage.world.state().count(ServiceTasks.TABLE)).isEqualTo(service.desiredCount());
    stage.delete(true);
    stage.stopping().forEach(one -> stage.exits(one, 143));
    stage.settle();
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
