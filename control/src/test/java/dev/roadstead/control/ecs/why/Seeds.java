package dev.roadstead.control.ecs.why;

import dev.roadstead.control.Rows;
import dev.roadstead.control.RuleRow;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.service.ServiceController;
import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskContainerBuilder;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.TaskTimesBuilder;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.task.TaskHistory;
import dev.roadstead.control.ecs.task.WaitingTaskController;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.wire.api.Refusal;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;

/// A world in which things go wrong. Definition `web` takes half of an instance's memory.
final class Seeds {
  private final StringBuilder answered = new StringBuilder();
  private final World world =
      RuleRow.world().with(new ServiceController()).with(new WaitingTaskController());

  Seeds() {
    perform(
        "CreateCapacityProvider {\"name\": \"scaled\", \"autoScalingGroupProvider\":"
            + "{\"autoScalingGroupArn\": \"g\", \"managedScaling\": {\"status\": \"ENABLED\"}}}");
    perform("CreateCluster {\"capacityProviders\": [\"scaled\"]}");
    define("web", "\"memory\": 2048");
  }

  Finding why(String subject) {
    return new Why(TaskHistory.NONE).of(world.state(), subject, world.call());
  }

  /// What AWS's own fields say of it, as JSON, after what earlier calls answered.
  String aws(String subject) {
    StringBuilder all = new StringBuilder(answered);
    if (subject.contains(":task/")) {
      all.append(asked("DescribeTasks {\"tasks\": [\"" + subject + "\"]}"));
    } else if (subject.equals("default/i1")) {
      all.append(asked("DescribeContainerInstances {\"containerInstances\": [\"i1\"]}"));
    } else if (world.state().find(Services.TABLE, key("s")) != null) {
      all.append(asked("DescribeServices {\"services\": [\"s\"]}"));
      deployments().forEach(arn -> all.append(asked(deployment(arn))));
    }
    return all.toString();
  }

  private static String deployment(String arn) {
    return "DescribeServiceDeployments {\"serviceDeploymentArns\": [\"" + arn + "\"]}";
  }

  private String asked(String call) {
    return new String(JsonShapes.write(perform(call)), StandardCharsets.UTF_8) + "\n";
  }

  /// The ARNs of the service's deployments, newest first.
  private List<String> deployments() {
    return ((ListServiceDeploymentsResponse) perform("ListServiceDeployments {\"service\": \"s\"}"))
        .serviceDeployments().stream().map(ServiceDeploymentBrief::serviceDeploymentArn).toList();
  }

  String newestDeployment() {
    return deployments().getFirst();
  }

  Seeds alone(String call) {
    try {
      answered.append(asked(call));
    } catch (Refusal refusal) {
      answered.append(refusal.error().code()).append(": ").append(refusal.error().message());
    }
    world.settle();
    return this;
  }

  /// A service of which a task lacks, and the same task run alone.
  String lacking(String family, int count, String more) {
    String subject = service(family, count, more);
    alone("RunTask {\"taskDefinition\": \"" + family + "\"" + placement(more) + "}");
    return subject;
  }

  String lacking(String family, int count) {
    return lacking(family, count, "");
  }

  private static String placement(String more) {
    return more.contains("placementConstraints") ? more : "";
  }

  String named(String name) {
    return name;
  }

  Seeds define(String family, String members) {
    String memory = members.contains("\"memory\"") ? "" : ", \"memory\": 100";
    perform(
        "RegisterTaskDefinition {\"family\": \""
            + family
            + "\", \"containerDefinitions\": [{\"name\": \"a\", \"image\": \"b\", "
            + members
            + memory
            + "}]}");
    return this;
  }

  Seeds join(String id) {
    world.apply(List.of(ContainerInstances.create(Rows.instance(id)))).settle();
    return this;
  }

  Seeds join(String id, String provider) {
    ContainerInstance row =
        ContainerInstanceBuilder.builder(Rows.instance(id))
            .attributes(List.of(new Attribute(ContainerInstance.CAPACITY_PROVIDER, provider)))
            .build();
    world.apply(List.of(ContainerInstances.create(row))).settle();
    return this;
  }

  Seeds away(String id) {
    return change(id, row -> row.connected(false));
  }

  Seeds status(String id, String status) {
    return change(id, row -> row.status(status));
  }

  private Seeds change(String id, UnaryOperator<ContainerInstanceBuilder> change) {
    ContainerInstance row = world.state().get(ContainerInstances.TABLE, key(id));
    world
        .apply(
            ContainerInstances.update(
                row, change.apply(ContainerInstanceBuilder.builder(row)).build()))
        .settle();
    return this;
  }

  String service(String family, int count) {
    return service(family, count, "");
  }

  String service(String family, int count, String more) {
    perform(
        "CreateService {\"serviceName\": \"s\", \"taskDefinition\": \"%s\"%s%s}"
            .formatted(family, count < 0 ? "" : ", \"desiredCount\": " + count, more));
    return "default/s";
  }

  /// A service that is driven from outside, with so many task sets.
  String external(int taskSets) {
    perform(
        "CreateService {\"serviceName\": \"s\", \"desiredCount\": 1,"
            + " \"deploymentController\": {\"type\": \"EXTERNAL\"}}");
    for (int i = 0; i < taskSets; i++) {
      perform("CreateTaskSet {\"service\": \"s\", \"taskDefinition\": \"web\"}");
    }
    return "default/s";
  }

  /// So many tasks of a provider; yields the last.
  String waiting(int count) {
    RunTaskResponse run =
        (RunTaskResponse)
            perform(
                "RunTask {\"taskDefinition\": \"web\", \"count\": %d,".formatted(count)
                    + "\"capacityProviderStrategy\":"
                    + "[{\"capacityProvider\": \"scaled\", \"weight\": 1}]}");
    return run.tasks().getLast().taskArn();
  }

  String later(String subject, Duration time) {
    world.pass(time).settle();
    return subject;
  }

  /// A standalone task that is on an instance.
  String placed() {
    RunTaskResponse run = (RunTaskResponse) perform("RunTask {\"taskDefinition\": \"web\"}");
    return run.tasks().getFirst().taskArn();
  }

  String running(Health health) {
    return update(placed(), row -> running(row, health));
  }

  Task running(Task row, Health health) {
    return TaskBuilder.builder(row)
        .lastStatus(TaskStatus.RUNNING)
        .health(health)
        .containers(
            row.containers().stream()
                .map(
                    one ->
                        TaskContainerBuilder.builder(one)
                            .lastStatus("RUNNING")
                            .health(health)
                            .build())
                .toList())
        .times(TaskTimesBuilder.builder(row.times()).startedAt(world.now()).build())
        .build();
  }

  /// A task that its agent reports as ended.
  String ended(@Nullable Integer exitCode, @Nullable String reason) {
    return report(placed(), exitCode, reason);
  }

  String report(String task, @Nullable Integer exitCode, @Nullable String reason) {
    perform(
        "SubmitTaskStateChange {\"task\": \""
            + task
            + "\", \"status\": \"STOPPED\", \"containers\":"
            + "[{\"containerName\": \"a\", \"status\": \"STOPPED\""
            + (exitCode == null ? "" : ", \"exitCode\": " + exitCode)
            + (reason == null ? "" : ", \"reason\": \"" + reason.replace("\"", "'") + "\"")
            + "}]}");
    world.settle();
    return task;
  }

  Task ofService() {
    return world.state().rows(Tasks.ALIVE_BY_SERVICE, key("s")).getFirst();
  }

  /// Every task of the service that is PENDING runs, and is healthy after a while.
  Seeds runAll() {
    for (Task task : world.state().rows(Tasks.ALIVE_BY_SERVICE, key("s"))) {
      if (task.wanted() && task.lastStatus() == TaskStatus.PENDING) {
        update(task.arn(), row -> running(row, Health.UNKNOWN));
      }
    }
    return pass(Duration.ofMinutes(2));
  }

  /// Every task that is to stop does.
  Seeds endAll() {
    for (Task task : world.state().rows(Tasks.ALIVE_BY_SERVICE, key("s"))) {
      if (!task.wanted()) {
        report(task.arn(), 0, null);
      }
    }
    return this;
  }

  Seeds pass(Duration time) {
    world.pass(time).settle();
    return this;
  }

  State state() {
    return world.state();
  }

  Seeds apply(List<Change> changes) {
    world.apply(changes).settle();
    return this;
  }

  Instant now() {
    return world.now();
  }

  String update(String arn, UnaryOperator<Task> change) {
    Task row = world.state().get(Tasks.TABLE, key(arn.substring(arn.lastIndexOf('/') + 1)));
    world.apply(Tasks.update(row, change.apply(row))).settle();
    return arn;
  }

  static String key(String name) {
    return World.scope().key("default", name);
  }

  SdkPojo perform(String call) {
    return RuleRow.perform(world, call);
  }

  /// So many tasks, run alone.
  Seeds taken(String family, int count) {
    perform("RunTask {\"taskDefinition\": \"%s\", \"count\": %d}".formatted(family, count));
    return this;
  }

  Seeds joinZone(String id, String zone) {
    ContainerInstance row =
        ContainerInstanceBuilder.builder(Rows.instance(id))
            .attributes(List.of(new Attribute("ecs.availability-zone", zone)))
            .build();
    world.apply(List.of(ContainerInstances.create(row))).settle();
    return this;
  }

  /// An instance that has what a definition requires.
  Seeds joinFor(String family, String id) {
    TaskDefinition row =
        world.state().get(TaskDefinitions.TABLE, TaskDefinitions.key(World.scope(), family, 1));
    ContainerInstance instance =
        ContainerInstanceBuilder.builder(Rows.instance(id))
            .attributes(row.requiresAttributes())
            .build();
    world.apply(List.of(ContainerInstances.create(instance))).settle();
    return this;
  }

  Seeds lost(String id, Duration lease) {
    return change(id, row -> row.connected(false).lostAt(world.now().plus(lease)));
  }

  Seeds back(String id) {
    return change(id, row -> row.connected(true).lostAt(null));
  }

  /// A task that its agent does not start.
  String refused(String reason) {
    String task = placed();
    perform(
        "SubmitTaskStateChange {\"task\": \"%s\", \"status\": \"STOPPED\", \"reason\": \"%s\"}"
            .formatted(task, reason));
    return task;
  }

  private List<Task> alive() {
    return world.state().rows(Tasks.ALIVE_BY_SERVICE, key("s"));
  }

  /// The task of the service that is to stop.
  Task unwanted() {
    return alive().stream().filter(one -> !one.wanted()).findFirst().orElseThrow();
  }

  List<String> ids() {
    return alive().stream().map(Task::id).toList();
  }

  /// The ARNs of the service's tasks that do not run yet.
  List<String> pending() {
    return alive().stream()
        .filter(one -> one.wanted() && one.lastStatus() == TaskStatus.PENDING)
        .map(Task::arn)
        .toList();
  }
}
