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
        Overrides.NONE,
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
  public Task task(ContainerInstance instance, Moment moment) {
    return TaskBuilder.builder(waiting(moment))
        .instanceId(instance.id())
        .availabilityZone(zone(instance))
        .lastStatus(TaskStatus.PENDING)
        .build();
  }

  /// The zone of an instance; null when it names none.
  public static @Nullable String zone(ContainerInstance instance) {
    Attribute zone = instance.attribute(AVAILABILITY_ZONE);
    return zone == null ? null : zone.value();
  }

  /// A new task that is on no instance yet.
  public Task waiting(Moment moment) {
    Reservation reservation = reservation();
    List<TaskContainer> containers = new ArrayList<>();
    for (ContainerSpec spec : definition.containers()) {
      containers.add(container(spec, moment));
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
        null,
        null,
        TaskStatus.PROVISIONING,
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

  private TaskContainer container(ContainerSpec spec, Moment moment) {
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
        softMib == null ? null : softMib.toString());
  }
}
