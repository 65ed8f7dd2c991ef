package dev.roadstead.control.ecs.service;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Call.Ids;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.Tags;
import dev.roadstead.control.ecs.placement.Constraints;
import dev.roadstead.control.ecs.placement.Strategies;
import dev.roadstead.control.ecs.table.ClientToken;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.DeploymentRecords;
import dev.roadstead.control.ecs.table.RequestToken;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceBuilder;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.ServiceDeploymentBuilder;
import dev.roadstead.control.ecs.table.ServiceEvents;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.StrategyItem;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.task.LaunchTypes;
import dev.roadstead.control.ecs.taskdefinition.TaskDefinitionLookup;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentController;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;

/// Creates a service. Source: Amazon ECS API reference, CreateService.
///
/// A repeat of the request that created a service that is still ACTIVE returns it unchanged, with a
/// client token or without.
public final class CreateService implements Write<CreateServiceRequest, CreateServiceResponse> {
  private static final String OPERATION = "CreateService";

  @Override
  public Decision<CreateServiceResponse> decide(
      State state, CreateServiceRequest request, Call call) {
    Scope scope = call.scope();
    Cluster cluster = Clusters.require(state, scope, request.cluster());
    String name = Text.serviceName(request.serviceName());
    String sent = Text.clientToken(request.clientToken());
    String hash = hash(request, cluster);
    RequestToken token = new RequestToken(scope, OPERATION, sent, hash);
    Service before = state.find(Services.TABLE, scope.key(cluster.name(), name));
    ClientToken known = token.known(state);
    if (known != null && !token.repeats(known)) {
      throw notIdempotent();
    }
    if (before != null && before.active() && before.requestHash().equals(hash)) {
      return Decision.unchanged(answer(state, before));
    }
    if (before != null && before.draining()) {
      throw EcsErrors.invalidParameter("Unable to Start a service that is still Draining.");
    }
    if (before != null && before.active()) {
      throw notIdempotent();
    }
    Service plain = service(state, request, cluster, hash, call);
    Hooks.checkTargets(state, scope, request.deploymentConfiguration());
    Service asked = rebalanced(plain);
    List<Change> changes = new ArrayList<>();
    if (before != null) {
      changes.addAll(ServiceEvents.forget(state, before.key()));
      changes.addAll(DeploymentRecords.forget(state, before.key()));
    }
    Service service = asked;
    if (!asked.external()) {
      TaskDefinition definition =
          TaskDefinitionLookup.require(state, scope, request.taskDefinition());
      History.Begun begun = History.begin(state.with(changes), null, asked, definition, call);
      service = begun.service();
      changes.addAll(begun.changes());
    }
    changes.add(Services.create(before, service));
    changes.addAll(token.remember(List.of(service.key()), call.now()));
    return new Decision<>(changes, answer(state.with(changes), service));
  }

  /// With the setting that was not sent: ENABLED where the service suits. Source: ECS API
  /// reference, CreateService.availabilityZoneRebalancing.
  private static Service rebalanced(Service plain) {
    var document = ServiceDocument.of(plain);
    if (document.availabilityZoneRebalancing() == null) {
      document =
          document.toBuilder()
              .availabilityZoneRebalancing(
                  Zones.suits(plain, document)
                      ? AvailabilityZoneRebalancing.ENABLED
                      : AvailabilityZoneRebalancing.DISABLED)
              .build();
    }
    return ServiceBuilder.builder(plain)
        .document(ServiceDocument.json(document))
        .rebalanced(Zones.eligible(plain, document))
        .build();
  }

  private static Service service(
      State state, CreateServiceRequest request, Cluster cluster, String hash, Call call) {
    String scheduling =
        Settings.scheduling(
            request.schedulingStrategyAsString(),
            request.desiredCount(),
            request.deploymentConfiguration(),
            !request.placementStrategy().isEmpty());
    Unbuilt.controller(
        request.deploymentController(), request.taskDefinition(), request.loadBalancers());
    LaunchTypes.refuseBoth(request.launchTypeAsString(), request.capacityProviderStrategy());
    boolean external = external(request, scheduling);
    TaskDefinition definition =
        external
            ? null
            : TaskDefinitionLookup.require(state, call.scope(), request.taskDefinition());
    String launchType = launchType(request, definition);
    boolean daemon = scheduling.equals(Service.DAEMON);
    List<StrategyItem> strategy = strategy(state, request, cluster, definition, daemon);
    DeploymentConfiguration deployment =
        Settings.deployment(daemon ? Settings.DAEMON : null, request.deploymentConfiguration());
    Shifting.check(daemon, external, deployment);
    check(request, cluster, definition);
    int desiredCount = daemon ? 0 : Settings.desiredCount(request.desiredCount());
    checkRoom(state, cluster);
    Integer grace = Settings.grace(request.healthCheckGracePeriodSeconds());
    String propagate = request.propagateTagsAsString();
    return new Service(
        call.scope().account(),
        call.scope().region(),
        cluster.name(),
        request.serviceName(),
        Service.ACTIVE,
        desiredCount,
        launchType,
        scheduling,
        external ? Service.EXTERNAL : Service.ECS,
        strategy,
        null,
        false,
        deployment.minimumHealthyPercent(),
        deployment.maximumPercent(),
        grace == null ? 0 : grace,
        propagate == null ? "NONE" : Settings.propagateTags(propagate),
        Boolean.TRUE.equals(request.enableECSManagedTags()),
        Boolean.TRUE.equals(request.enableExecuteCommand()),
        Tags.accept(request.tags()),
        document(request, deployment, external, call.scope()),
        deployments(definition, call),
        List.of(),
        0,
        null,
        null,
        hash,
        call.now(),
        call.caller().principalArn(),
        null);
  }

  /// @param definition null with task sets
  private static String launchType(
      CreateServiceRequest request, @Nullable TaskDefinition definition) {
    return definition == null
        ? TaskSetRequests.launchType(request.launchTypeAsString())
        : LaunchTypes.require(request.launchTypeAsString(), definition);
  }

  /// Whether somebody outside drives the service by task sets.
  private static boolean external(CreateServiceRequest request, String scheduling) {
    DeploymentController controller = request.deploymentController();
    boolean external = controller != null && controller.type() == DeploymentControllerType.EXTERNAL;
    if (external && scheduling.equals(Service.DAEMON)) {
      throw EcsErrors.invalidParameter(
          "The daemon scheduling strategy does not support the EXTERNAL deployment controller");
    }
    return external;
  }

  /// @param definition null with task sets
  private static void check(
      CreateServiceRequest request, Cluster cluster, @Nullable TaskDefinition definition) {
    Strategies.of(request.placementStrategy());
    if (definition == null) {
      Constraints.of(request.placementConstraints());
      Unbuilt.refuse(!request.loadBalancers().isEmpty(), "loadBalancers");
    } else {
      Constraints.of(request.placementConstraints(), definition);
      refuseUnbuilt(request, cluster, definition);
    }
    refuseUnbuilt(request);
  }

  /// The first deployment; none with task sets.
  private static List<ServiceDeployment> deployments(
      @Nullable TaskDefinition definition, Call call) {
    if (definition == null) {
      return List.of();
    }
    String id = "ecs-svc/" + Ids.digits19(call.random());
    return List.of(
        ServiceDeploymentBuilder.builder(
                ServiceDeployment.begin(id, definition.family(), definition.revision(), call.now()))
            .announced(true)
            .build());
  }

  private static void checkRoom(State state, Cluster cluster) {
    if (state.value(Services.BY_CLUSTER, cluster.key()).total() >= Services.PER_CLUSTER_MAX) {
      throw EcsErrors.invalidParameter(
          "The number of services exceeds the limit of "
              + Services.PER_CLUSTER_MAX
              + " services per cluster.");
    }
  }

  /// A DAEMON service runs on every instance, whatever its provider; with task sets each of them
  /// has its own.
  ///
  /// @param definition null with task sets
  private static List<StrategyItem> strategy(
      State state,
      CreateServiceRequest request,
      Cluster cluster,
      @Nullable TaskDefinition definition,
      boolean daemon) {
    if (definition == null && !request.capacityProviderStrategy().isEmpty()) {
      throw EcsErrors.invalidParameter("CapacityProviderStrategy must be blank");
    }
    if (daemon && !request.capacityProviderStrategy().isEmpty()) {
      throw EcsErrors.unsupported("capacityProviderStrategy of DAEMON services");
    }
    if (daemon || definition == null) {
      return List.of();
    }
    return LaunchTypes.strategy(
        state,
        cluster,
        request.capacityProviderStrategy(),
        request.launchTypeAsString(),
        definition);
  }

  private static void refuseUnbuilt(
      CreateServiceRequest request, Cluster cluster, TaskDefinition definition) {
    LaunchTypes.checkNetwork(request.networkConfiguration(), definition);
    Unbuilt.loadBalancers(request.loadBalancers(), definition);
    Unbuilt.connect(request.serviceConnectConfiguration(), cluster, definition);
    Unbuilt.volumes(request.volumeConfigurations(), definition);
  }

  private static void refuseUnbuilt(CreateServiceRequest request) {
    Settings.platformVersion(request.platformVersion());
    Settings.rebalancing(request.availabilityZoneRebalancingAsString());
    Unbuilt.refuse(!request.serviceRegistries().isEmpty(), "serviceRegistries");
    Unbuilt.refuse(!request.vpcLatticeConfigurations().isEmpty(), "vpcLatticeConfigurations");
    Unbuilt.refuse(request.monitoring() != null, "monitoring");
    Unbuilt.refuse(request.role() != null && !request.role().isEmpty(), "role");
  }

  private static String document(
      CreateServiceRequest request,
      DeploymentConfiguration deployment,
      boolean external,
      Scope scope) {
    return ServiceDocument.json(
        software.amazon.awssdk.services.ecs.model.Service.builder()
            .deploymentConfiguration(deployment)
            .deploymentController(
                DeploymentController.builder()
                    .type(
                        external ? DeploymentControllerType.EXTERNAL : DeploymentControllerType.ECS)
                    .build())
            .placementConstraints(request.placementConstraints())
            .placementStrategy(request.placementStrategy())
            .healthCheckGracePeriodSeconds(request.healthCheckGracePeriodSeconds())
            .availabilityZoneRebalancing(request.availabilityZoneRebalancing())
            .roleArn(
                "arn:aws:iam::"
                    + scope.account()
                    + ":role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS")
            .build());
  }

  private static String hash(CreateServiceRequest request, Cluster cluster) {
    CreateServiceRequest plain =
        request.toBuilder().clientToken(null).cluster(cluster.name()).build();
    return RequestToken.hash(plain);
  }

  private static CreateServiceResponse answer(State state, Service service) {
    return CreateServiceResponse.builder().service(ServiceShape.of(state, service, true)).build();
  }

  private static RuntimeException notIdempotent() {
    return EcsErrors.invalidParameter("Creation of service was not idempotent.");
  }
}
