package dev.roadstead.control.ecs.service;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Call.Ids;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.placement.Constraints;
import dev.roadstead.control.ecs.placement.Strategies;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceBuilder;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.StrategyItem;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.task.LaunchTypes;
import dev.roadstead.control.ecs.taskdefinition.TaskDefinitionLookup;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentController;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/// Changes a service. Source: Amazon ECS API reference, UpdateService.
///
/// What is not sent stays; an empty list removes. Another task definition or `forceNewDeployment`
/// begins a deployment, the rest does not.
public final class UpdateService implements Write<UpdateServiceRequest, UpdateServiceResponse> {
  /// The most deployments remembered at once: each stays while it has tasks. The tasks of one
  /// forgotten are replaced all the same.
  static final int DEPLOYMENTS_MAX = 20;

  @Override
  public Decision<UpdateServiceResponse> decide(
      State state, UpdateServiceRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    Service before =
        Services.find(state, call.scope(), cluster.name(), Text.service(request.service()));
    if (before == null) {
      throw EcsErrors.serviceNotFound();
    }
    if (!before.active()) {
      throw EcsErrors.of("ServiceNotActiveException", "Service was not ACTIVE.");
    }
    check(state, request, before, cluster, call);
    ServiceBuilder next = ServiceBuilder.builder(before);
    settings(next, request, before);
    next.document(document(next, request, before));
    Hooks.checkTargets(state, call.scope(), request.deploymentConfiguration());
    TaskDefinition used = definition(state, request, before, call);
    if (used != null) {
      next.strategy(strategy(state, request, before, cluster, used));
    }
    next.rebalanced(Zones.eligible(next.build(), ServiceDocument.of(next.build())));
    TaskDefinition definition = deployment(next, state, request, before, call);
    List<Change> changes = new ArrayList<>();
    if (definition != null) {
      History.Begun begun = History.begin(state, before, next.build(), definition, call);
      next.deployments(begun.service().deployments());
      changes.addAll(begun.changes());
    }
    changes.addAll(Services.update(before, next.build()));
    return new Decision<>(
        changes,
        UpdateServiceResponse.builder()
            .service(ServiceShape.of(state, next.build(), true))
            .build());
  }

  private static void check(
      State state, UpdateServiceRequest request, Service before, Cluster cluster, Call call) {
    Settings.scheduling(
        before.schedulingStrategy(),
        request.desiredCount(),
        request.deploymentConfiguration(),
        !request.placementStrategy().isEmpty());
    Unbuilt.controller(request.deploymentController(), null, request.loadBalancers());
    Settings.platformVersion(request.platformVersion());
    Settings.rebalancing(request.availabilityZoneRebalancingAsString());
    Unbuilt.refuse(!request.serviceRegistries().isEmpty(), "serviceRegistries");
    Unbuilt.refuse(!request.vpcLatticeConfigurations().isEmpty(), "vpcLatticeConfigurations");
    Unbuilt.refuse(request.monitoring() != null, "monitoring");
    refuseForeign(request, before);
    TaskDefinition definition = definition(state, request, before, call);
    if (definition == null) {
      Constraints.of(request.placementConstraints());
      Strategies.of(request.placementStrategy());
      return;
    }
    LaunchTypes.require(before.launchType(), definition);
    strategy(state, request, before, cluster, definition);
    LaunchTypes.checkNetwork(request.networkConfiguration(), definition);
    Constraints.of(
        request.hasPlacementConstraints()
            ? request.placementConstraints()
            : ServiceDocument.of(before).placementConstraints(),
        definition);
    Strategies.of(request.placementStrategy());
    Unbuilt.loadBalancers(request.loadBalancers(), definition);
    Unbuilt.connect(request.serviceConnectConfiguration(), cluster, definition);
    Unbuilt.volumes(request.volumeConfigurations(), definition);
  }

  /// The strategy after the update. It counts for tasks that are started from then on;
  /// `forceNewDeployment` moves the others.
  private static List<StrategyItem> strategy(
      State state,
      UpdateServiceRequest request,
      Service before,
      Cluster cluster,
      TaskDefinition definition) {
    boolean none = request.capacityProviderStrategy().isEmpty();
    if (!none && before.schedulingStrategy().equals(Service.DAEMON)) {
      throw EcsErrors.unsupported("capacityProviderStrategy of DAEMON services");
    }
    return none
        ? before.strategy()
        : LaunchTypes.strategy(
            state, cluster, request.capacityProviderStrategy(), null, definition);
  }

  /// With task sets only the count, the grace period, placement and tag options can be changed.
  private static void refuseForeign(UpdateServiceRequest request, Service before) {
    DeploymentController controller = request.deploymentController();
    Unbuilt.refuse(
        controller != null && !before.controller().equals(controller.typeAsString()),
        "Changing the deployment controller");
    if (before.external()
        && (request.taskDefinition() != null
            || Boolean.TRUE.equals(request.forceNewDeployment())
            || request.deploymentConfiguration() != null
            || request.networkConfiguration() != null
            || !request.capacityProviderStrategy().isEmpty()
            || !request.loadBalancers().isEmpty())) {
      throw EcsErrors.invalidParameter(
          "Of a service with the EXTERNAL deployment controller only the desired count, health"
              + " check grace period, placement and tag options can be updated.");
    }
  }

  private static void settings(ServiceBuilder next, UpdateServiceRequest request, Service before) {
    if (request.desiredCount() != null) {
      int desired = Settings.desiredCount(request.desiredCount());
      if (desired != before.desiredCount()) {
        next.desiredCount(desired).placementFailures(0).placementRetryAt(null);
      }
    }
    Integer grace = Settings.grace(request.healthCheckGracePeriodSeconds());
    if (grace != null) {
      next.healthCheckGraceSeconds(grace);
    }
    if (request.propagateTagsAsString() != null) {
      next.propagateTags(Settings.propagateTags(request.propagateTagsAsString()));
    }
    if (request.enableECSManagedTags() != null) {
      next.managedTags(request.enableECSManagedTags());
    }
    if (request.enableExecuteCommand() != null) {
      next.enableExecuteCommand(request.enableExecuteCommand());
    }
  }

  private static String document(
      ServiceBuilder next, UpdateServiceRequest request, Service before) {
    var document = ServiceDocument.of(before).toBuilder();
    DeploymentConfiguration deployment =
        Settings.deployment(
            document.build().deploymentConfiguration(), request.deploymentConfiguration());
    Shifting.check(before.daemon(), before.external(), deployment);
    next.minimumHealthyPercent(deployment.minimumHealthyPercent());
    next.maximumPercent(deployment.maximumPercent());
    document.deploymentConfiguration(deployment);
    if (request.hasPlacementConstraints()) {
      document.placementConstraints(request.placementConstraints());
    }
    if (request.hasPlacementStrategy()) {
      document.placementStrategy(request.placementStrategy());
    }
    if (request.healthCheckGracePeriodSeconds() != null) {
      document.healthCheckGracePeriodSeconds(request.healthCheckGracePeriodSeconds());
    }
    if (request.availabilityZoneRebalancing() != null) {
      document.availabilityZoneRebalancing(request.availabilityZoneRebalancing());
    }
    return ServiceDocument.json(document.build());
  }

  /// Begins a deployment if one is asked for: it is PRIMARY at once, and nothing of the trouble
  /// before counts any more. Yields what it is of; null when none begins.
  private static @Nullable TaskDefinition deployment(
      ServiceBuilder next, State state, UpdateServiceRequest request, Service before, Call call) {
    TaskDefinition definition = definition(state, request, before, call);
    boolean same =
        definition == null
            || (definition.family().equals(before.primary().family())
                && definition.revision() == before.primary().revision());
    if (definition == null || (same && !Boolean.TRUE.equals(request.forceNewDeployment()))) {
      return null;
    }
    String id = "ecs-svc/" + Ids.digits19(call.random());
    List<ServiceDeployment> deployments = new ArrayList<>();
    deployments.add(
        ServiceDeployment.begin(id, definition.family(), definition.revision(), call.now()));
    deployments.addAll(before.deployments());
    next.deployments(deployments.subList(0, Math.min(DEPLOYMENTS_MAX, deployments.size())));
    next.notices(List.of());
    next.placementFailures(0).placementRetryAt(null);
    return definition;
  }

  /// The task definition sent, or the one in use; null when that was deleted.
  private static @Nullable TaskDefinition definition(
      State state, UpdateServiceRequest request, Service before, Call call) {
    if (before.external()) {
      return null;
    }
    if (request.taskDefinition() != null) {
      return TaskDefinitionLookup.require(state, call.scope(), request.taskDefinition());
    }
    ServiceDeployment primary = before.primary();
    return state.find(
        TaskDefinitions.TABLE,
        TaskDefinitions.key(before.scope(), primary.family(), primary.revision()));
  }
}
