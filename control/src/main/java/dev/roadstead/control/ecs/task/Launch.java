package dev.roadstead.control.ecs.task;

import dev.roadstead.control.api.Call.Ids;
import dev.roadstead.control.ecs.api.Tag;
import dev.roadstead.control.ecs.placement.Constraint;
import dev.roadstead.control.ecs.placement.Demand;
import dev.roadstead.control.ecs.placement.Strategy;
import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerSpec;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.Reservation;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskContainer;
import dev.roadstead.control.ecs.table.TaskContainerBuilder;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.TaskTimes;
import dev.roadstead.engine.loop.Moment;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What tasks are made from: everything but the container instance. Equal tasks share one launch.
///
/// @param group `family:F`, `service:S` or the caller's own
/// @param serviceName null for standalone tasks
/// @param deploymentId `ecs-svc/DIGITS`; null for standalone tasks
/// @param launchType `EC2` or `EXTERNAL`
/// @param capacityProviderName whose instances they run on; null for any of the cluster
@RecordBuilder
public record Launch(
    Cluster cluster,
    TaskDefinition definition,
    Overrides overrides,
    String group,
    @Nullable String startedBy,
    @Nullable String serviceName,
    @Nullable String deploymentId,
    String launchType,
    @Nullable String capacityProviderName,
    List<Tag> tags,
    boolean enableExecuteCommand) {
  public static final String EC2 = "EC2";
  public static final String EXTERNAL = "EXTERNAL";

  private static final String AVAILABILITY_ZONE = "ecs.availability-zone";

  /// What one of these tasks takes of its instance.
  public Reservation reservation() {
    return overrides.reservation(definition);
  }

  /// What one of these tasks asks of placement.
  public Demand demand(List<Constraint> constraints, List<Strategy> strategies) {
    return demand(reservation(), constraints, strategies);
  }

  /// What a task of that reservation asks of placement.
  Demand demand(Reservation reservation, List<Constraint> constraints, List<Strategy> strategies) {
    List<Constraint> all = new ArrayList<>();
    for (String expression : definition.placementConstraints()) {
      all.add(new Constraint.MemberOf(expression));
    }
    all.addAll(constraints);
    return new Demand(
        cluster.key(),
        group,
        capacityProviderName,
        launchType.equals(EXTERNAL),
        reservation,
        definition.requiresAttributes(),
        all,
        strategies);
  }

  /// The launch that a task outside of any service was made by, as far as placement asks.
  static Launch of(Task task, Cluster cluster, TaskDefinition definition) {
    return new Launch(
        cluster,
        definition,
        Overrides.of(task),
        task.group(),
        task.startedBy(),
        null,
        null,
        task.launchType(),
        task.capacityProviderName(),
        task.tags(),
        task.enableExecuteCommand());
  }

  /// A new task on that instance.
  ///
  /// @param gpuIds as many of the instance's GPUs as the reservation has, in the order in which
  ///     containers get them
  public Task task(ContainerInstance instance, List<String> gpuIds, Moment moment) {
    return task(instance, gpuIds, moment, TaskStatus.PENDING);
  }

  /// A new task that is on no instance yet.
  Task waiting(Moment moment) {
    return task(null, List.of(), moment, TaskStatus.PROVISIONING);
  }

  /// A task that waited, on the instance that has room now.
  ///
  /// @param gpuIds as for a new task
  Task settled(Task waited, ContainerInstance instance, List<String> gpuIds) {
    List<TaskContainer> containers = new ArrayList<>();
    int given = 0;
    for (TaskContainer container : waited.containers()) {
      int end = given;
      for (ContainerSpec spec : definition.containers()) {
        if (spec.name().equals(container.name())) {
          end = Math.min(gpuIds.size(), given + overrides.gpus(spec));
        }
      }
      containers.add(
          TaskContainerBuilder.builder(container).gpuIds(gpuIds.subList(given, end)).build());
      given = end;
    }
    return TaskBuilder.builder(waited)
        .instanceId(instance.id())
        .availabilityZone(zone(instance))
        .lastStatus(TaskStatus.PENDING)
        .containers(containers)
        .build();
  }

  /// The zone of an instance; null when it names none.
  private static @Nullable String zone(@Nullable ContainerInstance instance) {
    Attribute zone = instance == null ? null : instance.attribute(AVAILABILITY_ZONE);
    return zone == null ? null : zone.value();
  }

  private Task task(
      @Nullable ContainerInstance instance, List<String> gpuIds, Moment moment, TaskStatus status) {
    Reservation reservation = reservation();
    List<TaskContainer> containers = new ArrayList<>();
    int given = 0;
    for (ContainerSpec spec : definition.containers()) {
      int end = Math.min(gpuIds.size(), given + overrides.gpus(spec));
      containers.add(container(spec, gpuIds.subList(given, end), moment));
      given = end;
    }
    return new Task(
        cluster.account(),
        cluster.region(),
        cluster.name(),
        Ids.hex32(moment.random()),
        definition.family(),
        definition.revision(),
        group,
        startedBy,
        serviceName,
        deploymentId,
        launchType,
        capacityProviderName,
        instance == null ? null : instance.id(),
        zone(instance),
        status,
        true,
        false,
        Health.UNKNOWN,
        containers,
        reservation,
        Integer.toString(reservation.cpuUnits()),
        Integer.toString(reservation.memoryMib()),
        overrides.json(),
        tags,
        enableExecuteCommand,
        new TaskTimes(moment.now(), null, null, null, null, null, null, null),
        null,
        1);
  }

  private TaskContainer container(ContainerSpec spec, List<String> gpuIds, Moment moment) {
    Integer hardMib = overrides.memoryMib(spec);
    Integer softMib = overrides.memoryReservationMib(spec);
    return new TaskContainer(
        Ids.uuid(moment.random()),
        spec.name(),
        spec.image(),
        spec.essential(),
        TaskContainer.PENDING,
        null,
        null,
        null,
        null,
        spec.checksHealth(),
        Health.UNKNOWN,
        List.of(),
        Integer.toString(overrides.cpuUnits(spec)),
        hardMib == null ? null : hardMib.toString(),
        softMib == null ? null : softMib.toString(),
        gpuIds);
  }
}
