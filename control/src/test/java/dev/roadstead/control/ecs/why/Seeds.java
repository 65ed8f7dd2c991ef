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
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceBuilder;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.ServiceDeploymentBuilder;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskContainerBuilder;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.TaskTimesBuilder;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.task.WaitingTaskController;
import dev.roadstead.wire.api.Refusal;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/// A world in which things go wrong. Definition `web` takes half of an instance's memory.
final class Seeds {
  private final World world =
      RuleRow.world().with(new ServiceController()).with(new WaitingTaskController());

  Seeds() {
    perform(
        "CreateCapacityProvider {\"name\": \"scaled\", \"autoScalingGroupProvider\":"
            + "{\"autoScalingGroupArn\": \"g\", \"managedScaling\": {\"status\": \"ENABLED\"}}}");
    perform("CreateCluster {\"capacityProviders\": [\"scaled\"]}");
    define("web", "\"memory\": 2048");
  }

  /// The API of this world.
  Ecs ecs() {
    return new Ecs(
        (operation, request) -> {
          try {
            String json = new String(request, StandardCharsets.UTF_8);
            return JsonShapes.write(RuleRow.perform(world, operation + " " + json));
          } catch (Refusal refusal) {
            if (refusal.error().code().endsWith("NotFoundException")) {
              return null;
            }
            throw refusal;
          }
        });
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

  private String service(String family, int count, String more) {
    perform(
        "CreateService {\"serviceName\": \"s\", \"taskDefinition\": \"%s\", \"desiredCount\": %d%s}"
            .formatted(family, count, more));
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

  String constrained(String expression) {
    return service(
        "web",
        1,
        ", \"placementConstraints\": [{\"type\": \"memberOf\", \"expression\": \"%s\"}]"
            .formatted(expression));
  }

  String provided(String provider) {
    return service(
        "web",
        1,
        ", \"capacityProviderStrategy\": [{\"capacityProvider\": \"%s\", \"weight\": 1}]"
            .formatted(provider));
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

  String pulling() {
    return update(
        placed(),
        row ->
            TaskBuilder.builder(row)
                .times(TaskTimesBuilder.builder(row.times()).pullStartedAt(world.now()).build())
                .build());
  }

  String running(Health health) {
    return update(placed(), row -> running(row, health));
  }

  private Task running(Task row, Health health) {
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

  String agentLeft() {
    String task = placed();
    away("i1");
    return task;
  }

  String stopping() {
    String task = running(Health.UNKNOWN);
    perform("StopTask {\"task\": \"" + task + "\", \"reason\": \"because\"}");
    return task;
  }

  /// A task that its agent reports as ended.
  String ended(@Nullable Integer exitCode, @Nullable String reason) {
    return report(placed(), exitCode, reason);
  }

  private String report(String task, @Nullable Integer exitCode, @Nullable String reason) {
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

  String stopped(String reason) {
    String task = running(Health.UNKNOWN);
    perform("StopTask {\"task\": \"" + task + "\", \"reason\": \"" + reason + "\"}");
    return report(task, 143, null);
  }

  private Task ofService() {
    return world.state().rows(Tasks.ALIVE_BY_SERVICE, key("s")).getFirst();
  }

  String scaledIn() {
    service("web", 1);
    String task = update(ofService().arn(), row -> running(row, Health.UNKNOWN));
    perform("UpdateService {\"service\": \"s\", \"desiredCount\": 0}");
    return report(task, 0, null);
  }

  String deregistered() {
    service("web", 1);
    String task = update(ofService().arn(), row -> running(row, Health.UNKNOWN));
    perform("DeregisterContainerInstance {\"containerInstance\": \"i1\", \"force\": true}");
    world.settle();
    return task;
  }

  String crashing() {
    service("web", 1);
    for (int i = 0; i < 2; i++) {
      report(ofService().arn(), 1, null);
      world.pass(Duration.ofMinutes(1)).settle();
    }
    report(ofService().arn(), 1, null);
    return "default/s";
  }

  String deployment(String subject, Function<ServiceDeployment, ServiceDeploymentBuilder> change) {
    Service row = world.state().get(Services.TABLE, key("s"));
    List<ServiceDeployment> deployments = new ArrayList<>(row.deployments());
    deployments.set(0, change.apply(deployments.getFirst()).build());
    world.apply(Services.update(row, ServiceBuilder.builder(row).deployments(deployments).build()));
    return subject;
  }

  String blocked() {
    service(
        "web",
        1,
        ", \"deploymentConfiguration\":"
            + "{\"minimumHealthyPercent\": 100, \"maximumPercent\": 150}");
    update(ofService().arn(), row -> running(row, Health.UNKNOWN));
    world.pass(Duration.ofMinutes(1)).settle();
    UpdateServiceResponse updated =
        (UpdateServiceResponse)
            perform("UpdateService {\"service\": \"s\", \"forceNewDeployment\": true}");
    world.settle();
    return updated.service().serviceArn();
  }

  String deleted() {
    service("web", 1);
    update(ofService().arn(), row -> running(row, Health.UNKNOWN));
    perform("DeleteService {\"service\": \"s\", \"force\": true}");
    return "default/s";
  }

  /// An instance whose memory is taken.
  String filled() {
    placed();
    placed();
    return "default/i1";
  }

  private String update(String arn, UnaryOperator<Task> change) {
    Task row = world.state().get(Tasks.TABLE, key(arn.substring(arn.lastIndexOf('/') + 1)));
    world.apply(Tasks.update(row, change.apply(row))).settle();
    return arn;
  }

  private static String key(String name) {
    return World.scope().key("default", name);
  }

  private SdkPojo perform(String call) {
    return RuleRow.perform(world, call);
  }
}
