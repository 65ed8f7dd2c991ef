package dev.roadstead.control.ecs.service;

import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.CapacityProviders;
import dev.roadstead.control.ecs.table.ClientTokens;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.ContainerSpec;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceEvents;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskContainer;
import dev.roadstead.control.ecs.table.TaskContainerBuilder;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.TaskProtections;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.TaskTimesBuilder;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.table.WaitingTasks;
import dev.roadstead.engine.table.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/// A default cluster with instances and task definitions, and agents played by hand: what they
/// report is written into the tasks' rows.
final class Stage {
  static final String WEB = "web";

  final World world;

  private Stage(World world) {
    this.world = world;
  }

  /// With task definitions `app:1`, `app:2` (10 CPU units, 10 MiB) and `checked:1`, whose container
  /// has a health check, and the scheduler running.
  static Stage open() {
    List<Table<?>> tables = new ArrayList<>();
    tables.addAll(
        List.of(
            CapacityProviders.TABLE,
            Clusters.TABLE,
            WaitingTasks.TABLE,
            TaskDefinitions.TABLE,
            ContainerInstances.TABLE,
            Tasks.TABLE,
            ClientTokens.TABLE));
    tables.addAll(ServiceOperations.tables());
    World world = new World(tables).with(new Twin());
    world.apply(
        List.of(
            Clusters.put(
                new Cluster(
                    World.ACCOUNT,
                    World.REGION,
                    "default",
                    Cluster.ACTIVE,
                    "{}",
                    List.of(),
                    List.of(),
                    List.of(),
                    world.now(),
                    null)),
            definition(world, "app", 1, false),
            definition(world, "app", 2, false),
            definition(world, "checked", 1, true)));
    return new Stage(world);
  }

  private static dev.roadstead.engine.table.Change definition(
      World world, String family, int revision, boolean checked) {
    return definition(world, family, revision, checked, 10);
  }

  /// Without health check.
  static dev.roadstead.engine.table.Change definition(
      World world, String family, int revision, int cpuUnits) {
    return definition(world, family, revision, false, cpuUnits);
  }

  private static dev.roadstead.engine.table.Change definition(
      World world, String family, int revision, boolean checked, int cpuUnits) {
    return TaskDefinitions.put(
        new TaskDefinition(
            World.ACCOUNT,
            World.REGION,
            family,
            revision,
            TaskDefinition.ACTIVE,
            "{}",
            List.of(
                new ContainerSpec(
                    "main",
                    "busybox",
                    true,
                    cpuUnits,
                    10,
                    null,
                    checked,
                    List.of(new ContainerSpec.Port(80, 0, false)),
                    0)),
            null,
            null,
            null,
            List.of(),
            List.of(),
            List.of("EC2", "EXTERNAL"),
            List.of(new dev.roadstead.control.ecs.api.Tag("from", "definition")),
            world.now(),
            "me",
            null,
            null));
  }

  /// An ACTIVE, connected instance.
  Stage instance(String id, int cpuUnits, int memoryMib, String zone) {
    world.apply(
        List.of(
            ContainerInstances.create(
                new ContainerInstance(
                    World.ACCOUNT,
                    World.REGION,
                    "default",
                    id,
                    "",
                    ContainerInstance.ACTIVE,
                    null,
                    true,
                    world.now(),
                    null,
                    null,
                    cpuUnits,
                    memoryMib,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(new Attribute("ecs.availability-zone", zone)),
                    "1",
                    "h",
                    "d",
                    null,
                    null,
                    List.of(),
                    null,
                    world.now(),
                    null,
                    1))));
    return settle();
  }

  /// Instances with room for everything.
  Stage roomy() {
    return instance("one", 100_000, 100_000, "a").instance("two", 100_000, 100_000, "b");
  }

  Stage instanceStatus(String id, String status) {
    ContainerInstance before =
        world.state().get(ContainerInstances.TABLE, World.scope().key("default", id));
    world.apply(
        ContainerInstances.update(
            before, ContainerInstanceBuilder.builder(before).status(status).build()));
    return settle();
  }

  /// Its agent is gone; its lease ends so long from now.
  Stage disconnect(String id, Duration lease) {
    return connection(id, false, world.now().plus(lease));
  }

  /// Its agent is back.
  Stage connect(String id) {
    return connection(id, true, null);
  }

  private Stage connection(
      String id, boolean connected, java.time.@org.jspecify.annotations.Nullable Instant lostAt) {
    ContainerInstance before =
        world.state().get(ContainerInstances.TABLE, World.scope().key("default", id));
    world.apply(
        ContainerInstances.update(
            before,
            ContainerInstanceBuilder.builder(before).connected(connected).lostAt(lostAt).build()));
    return settle();
  }

  /// Protects a task for so long.
  Stage protect(Task task, Duration time) {
    world.apply(List.of(TaskProtections.protect(task, world.now().plus(time))));
    return settle();
  }

  Stage create(Consumer<CreateServiceRequest.Builder> more) {
    world.call(new CreateService(), request(more));
    return this;
  }

  static CreateServiceRequest request(Consumer<CreateServiceRequest.Builder> more) {
    return CreateServiceRequest.builder()
        .serviceName(WEB)
        .taskDefinition("app:1")
        .desiredCount(2)
        .applyMutation(more)
        .build();
  }

  software.amazon.awssdk.services.ecs.model.Service update(
      Consumer<UpdateServiceRequest.Builder> more) {
    return world
        .call(
            new UpdateService(),
            UpdateServiceRequest.builder().service(WEB).applyMutation(more).build())
        .service();
  }

  /// Changes the service without letting the scheduler act.
  void change(Consumer<UpdateServiceRequest.Builder> more) {
    UpdateServiceRequest request =
        UpdateServiceRequest.builder().service(WEB).applyMutation(more).build();
    world.apply(new UpdateService().decide(world.state(), request, world.call()).changes());
  }

  Stage delete(boolean force) {
    world.call(
        new DeleteService(), DeleteServiceRequest.builder().service(WEB).force(force).build());
    return this;
  }

  DescribeServicesResponse describe(Consumer<DescribeServicesRequest.Builder> more) {
    return world.call(
        new DescribeServices(),
        DescribeServicesRequest.builder().services(WEB).applyMutation(more).build());
  }

  software.amazon.awssdk.services.ecs.model.Service described() {
    return describe(_ -> {}).services().getFirst();
  }

  Service row() {
    return world.state().get(Services.TABLE, World.scope().key("default", WEB));
  }

  /// Wanted tasks, by age then key.
  List<Task> wanted() {
    return world.state().rows(Tasks.WANTED_BY_CLUSTER, World.scope().key("default"));
  }

  List<Task> wanted(TaskStatus status) {
    return wanted().stream().filter(task -> task.lastStatus() == status).toList();
  }

  List<Task> stopping() {
    return world.state().all(Tasks.TABLE).stream()
        .filter(task -> !task.wanted() && !task.stopped())
        .toList();
  }

  /// Events without their prefix, newest first, with task ids as `T`, deployments as `D`.
  List<String> events() {
    return ServiceEvents.newestFirst(world.state(), row().key()).stream()
        .map(one -> one.message())
        .map(one -> one.replaceAll("task [0-9a-f]{32}", "task T"))
        .map(one -> one.replaceAll("ecs-svc/[0-9]{19}", "D"))
        .map(one -> one.replace("(service web) ", ""))
        .toList();
  }

  Stage settle() {
    world.settle();
    return this;
  }

  Stage pass(Duration time) {
    world.pass(time);
    return settle();
  }

  /// Every pending task is reported RUNNING.
  Stage run() {
    wanted().stream().filter(task -> task.lastStatus().pending()).forEach(this::running);
    return settle();
  }

  /// Every pending task is reported RUNNING, until no more come; then time enough to be healthy.
  Stage runAll() {
    for (int i = 0; i < 50; i++) {
      run();
      end();
      pass(ServiceController.SETTLE);
      if (wanted(TaskStatus.PENDING).isEmpty() && stopping().isEmpty()) {
        return this;
      }
    }
    throw new AssertionError("does not come to rest");
  }

  /// Every stopping task is reported STOPPED.
  Stage end() {
    stopping().forEach(task -> stopped(task, null, 0));
    return settle();
  }

  void running(Task task) {
    report(
        TaskBuilder.builder(task)
            .lastStatus(TaskStatus.RUNNING)
            .times(TaskTimesBuilder.builder(task.times()).startedAt(world.now()).build())
            .build());
  }

  void health(Task task, Health health) {
    report(TaskBuilder.builder(world.state().get(Tasks.TABLE, task.key())).health(health).build());
  }

  /// The task ended by itself with that code, having run or not.
  void exits(Task task, int code) {
    stopped(
        task,
        new StopCause(StopCause.ESSENTIAL_CONTAINER_EXITED, "Essential container in task exited"),
        code);
  }

  void failsToStart(Task task, String reason) {
    Task now = world.state().get(Tasks.TABLE, task.key());
    List<TaskContainer> containers =
        now.containers().stream()
            .map(one -> TaskContainerBuilder.builder(one).reason(reason).build())
            .toList();
    end(
        TaskBuilder.builder(now).containers(containers).build(),
        new StopCause(StopCause.TASK_FAILED_TO_START, "Task failed to start"));
  }

  private void stopped(Task task, @org.jspecify.annotations.Nullable StopCause cause, int code) {
    Task now = world.state().get(Tasks.TABLE, task.key());
    List<TaskContainer> containers =
        now.containers().stream()
            .map(
                one ->
                    TaskContainerBuilder.builder(one)
                        .lastStatus(TaskContainer.STOPPED)
                        .exitCode(code)
                        .build())
            .toList();
    end(TaskBuilder.builder(now).containers(containers).build(), cause);
  }

  private void end(Task task, @org.jspecify.annotations.Nullable StopCause cause) {
    report(
        TaskBuilder.builder(task)
            .wanted(false)
            .lastStatus(TaskStatus.STOPPED)
            .stop(task.stop() == null ? cause : task.stop())
            .times(TaskTimesBuilder.builder(task.times()).stoppedAt(world.now()).build())
            .build());
  }

  private void report(Task after) {
    Task before = world.state().get(Tasks.TABLE, after.key());
    world.apply(Tasks.update(before, after));
  }
}
