package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.api.Tags;
import dev.roadstead.control.ecs.capacity.StrategyShape;
import dev.roadstead.control.ecs.table.DeploymentRecord;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.ServiceEvents;
import dev.roadstead.control.ecs.table.ServiceRevisions;
import dev.roadstead.control.ecs.table.TaskCounts;
import dev.roadstead.control.ecs.table.TaskSet;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.ResourceManagementType;
import software.amazon.awssdk.services.ecs.model.ServiceCurrentRevisionSummary;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;

/// A service's row as the model's Service.
final class ServiceShape {
  private ServiceShape() {}

  /// @param withTags whether the caller asked for tags
  static software.amazon.awssdk.services.ecs.model.Service of(
      State state, Service service, boolean withTags) {
    List<Deployment> deployments = new ArrayList<>();
    int running = 0;
    int pending = 0;
    for (ServiceDeployment one : service.deployments()) {
      TaskCounts counts = Absence.counts(state, service.key(), one.id());
      running += counts.running();
      pending += counts.pending();
      deployments.add(deployment(service, one, counts));
    }
    for (TaskSet set : state.rows(TaskSets.BY_SERVICE, service.key())) {
      TaskCounts counts = Absence.counts(state, service.key(), set.id());
      running += counts.running();
      pending += counts.pending();
    }
    var shape =
        ServiceDocument.of(service).toBuilder()
            .serviceArn(service.arn())
            .serviceName(service.name())
            .clusterArn(service.clusterArn())
            .loadBalancers(List.of())
            .serviceRegistries(List.of())
            .status(service.status())
            .desiredCount(service.desiredCount())
            .runningCount(running)
            .pendingCount(pending)
            .launchType(service.strategy().isEmpty() ? service.launchType() : null)
            .capacityProviderStrategy(StrategyShape.ofOptional(service.strategy()))
            .deployments(deployments)
            .events(events(state, service))
            .createdAt(service.createdAt())
            .createdBy(service.createdBy())
            .schedulingStrategy(service.schedulingStrategy())
            .enableECSManagedTags(service.managedTags())
            .propagateTags(service.propagateTags())
            .enableExecuteCommand(service.enableExecuteCommand())
            .resourceManagementType(ResourceManagementType.CUSTOMER);
    if (service.external()) {
      taskSets(state, service, withTags, shape);
    } else if (!service.deployments().isEmpty()) {
      shape.taskDefinition(taskDefinitionArn(service, service.primary()));
      revisions(state, service, shape);
    }
    if (withTags) {
      shape.tags(Tags.toModel(service.tags()));
    }
    return shape.build();
  }

  /// The task sets, and what the primary one says of the service; null members when there is none.
  /// Source: ECS developer guide, "Deploy Amazon ECS services using a third-party controller".
  private static void taskSets(
      State state,
      Service service,
      boolean withTags,
      software.amazon.awssdk.services.ecs.model.Service.Builder shape) {
    var all = TaskSetShape.all(state, service, withTags);
    var primary = all.stream().filter(one -> one.status().equals(TaskSet.PRIMARY)).findFirst();
    shape
        .taskSets(all)
        .taskDefinition(primary.map(one -> one.taskDefinition()).orElse(null))
        .launchType(primary.map(one -> one.launchType()).orElse(null))
        .capacityProviderStrategy(
            primary
                .filter(one -> one.hasCapacityProviderStrategy())
                .map(one -> one.capacityProviderStrategy())
                .orElse(null));
  }

  static String taskDefinitionArn(Service service, ServiceDeployment deployment) {
    return service
        .scope()
        .arn("ecs", "task-definition/" + deployment.family() + ":" + deployment.revision())
        .toString();
  }

  /// How many tasks a deployment is to have: the service's count for the newest one.
  static int requested(Service service, String deploymentId, TaskCounts counts) {
    return deploymentId.equals(service.primary().id())
        ? service.desiredCount()
        : counts.running() + counts.pending();
  }

  /// Which deployment is the current one, and of which revisions the service has tasks.
  private static void revisions(
      State state,
      Service service,
      software.amazon.awssdk.services.ecs.model.Service.Builder shape) {
    DeploymentRecord record = History.current(state, service);
    shape.currentServiceDeployment(record == null ? null : record.arn());
    List<ServiceCurrentRevisionSummary> summaries = new ArrayList<>();
    for (ServiceDeployment one : service.deployments()) {
      String revision = one.revisionId();
      if (revision != null) {
        TaskCounts counts = Absence.counts(state, service.key(), one.id());
        summaries.add(
            ServiceCurrentRevisionSummary.builder()
                .arn(
                    ServiceRevisions.arn(
                        service.scope(), service.cluster(), service.name(), revision))
                .requestedTaskCount(requested(service, one.id(), counts))
                .runningTaskCount(counts.running())
                .pendingTaskCount(counts.pending())
                .build());
      }
    }
    shape.currentServiceRevisions(summaries);
  }

  private static Deployment deployment(
      Service service, ServiceDeployment deployment, TaskCounts counts) {
    boolean primary = deployment.id().equals(service.primary().id());
    int desired = requested(service, deployment.id(), counts);
    return Deployment.builder()
        .id(deployment.id())
        .status(primary ? "PRIMARY" : "ACTIVE")
        .taskDefinition(taskDefinitionArn(service, deployment))
        .desiredCount(deployment.announced() ? desired : 0)
        .pendingCount(counts.pending())
        .runningCount(counts.running())
        .failedTasks(deployment.failedTasks())
        .createdAt(deployment.createdAt())
        .updatedAt(deployment.updatedAt())
        .launchType(service.strategy().isEmpty() ? service.launchType() : null)
        .capacityProviderStrategy(StrategyShape.ofOptional(service.strategy()))
        .rolloutState(deployment.rolloutState())
        .rolloutStateReason(deployment.rolloutStateReason())
        .build();
  }

  private static List<ServiceEvent> events(State state, Service service) {
    return ServiceEvents.newestFirst(state, service.key()).stream()
        .map(
            one ->
                ServiceEvent.builder()
                    .id(one.id())
                    .createdAt(one.createdAt())
                    .message(one.message())
                    .build())
        .toList();
  }
}
