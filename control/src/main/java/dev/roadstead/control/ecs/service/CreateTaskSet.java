package dev.roadstead.control.ecs.service;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Call.Ids;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.Tags;
import dev.roadstead.control.ecs.table.ClientToken;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.RequestToken;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.ServiceDeploymentBuilder;
import dev.roadstead.control.ecs.table.StrategyItem;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskSet;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.control.ecs.task.LaunchTypes;
import dev.roadstead.control.ecs.taskdefinition.TaskDefinitionLookup;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.CreateTaskSetRequest;
import software.amazon.awssdk.services.ecs.model.CreateTaskSetResponse;
import software.amazon.awssdk.services.ecs.model.Scale;

/// Creates a task set of a service with the EXTERNAL controller. A repeat with the same client
/// token returns the first one. Source: Amazon ECS API reference, CreateTaskSet.
public final class CreateTaskSet implements Write<CreateTaskSetRequest, CreateTaskSetResponse> {
  private static final String OPERATION = "CreateTaskSet";
  private static final int EXTERNAL_ID_MAX = 1024; // nothing reads it; it has to end somewhere

  @Override
  public Decision<CreateTaskSetResponse> decide(
      State state, CreateTaskSetRequest request, Call call) {
    Service service =
        TaskSetRequests.service(state, call.scope(), request.cluster(), request.service());
    String hash = hash(request, service);
    RequestToken token =
        new RequestToken(call.scope(), OPERATION, Text.clientToken(request.clientToken()), hash);
    ClientToken known = token.known(state);
    if (known != null) {
      TaskSet first = state.find(TaskSets.TABLE, known.resources().getFirst());
      if (first == null || !token.repeats(known)) {
        throw EcsErrors.invalidParameter("Creation of task set was not idempotent.");
      }
      return Decision.unchanged(answer(state, service, first));
    }
    TaskSet set = set(state, request, service, hash, call);
    List<Change> changes = new ArrayList<>();
    changes.add(TaskSets.create(set));
    changes.addAll(token.remember(List.of(set.key()), call.now()));
    return new Decision<>(changes, answer(state.with(changes), service, set));
  }

  private static TaskSet set(
      State state, CreateTaskSetRequest request, Service service, String hash, Call call) {
    TaskDefinition definition =
        TaskDefinitionLookup.require(state, call.scope(), request.taskDefinition());
    LaunchTypes.refuseBoth(request.launchTypeAsString(), request.capacityProviderStrategy());
    String launchType =
        LaunchTypes.require(
            request.launchTypeAsString() == null
                ? service.launchType()
                : request.launchTypeAsString(),
            definition);
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    List<StrategyItem> strategy =
        LaunchTypes.strategy(
            state,
            cluster,
            request.capacityProviderStrategy(),
            request.launchTypeAsString(),
            definition);
    check(request, definition);
    Scale scale = request.scale() == null ? Scale.builder().build() : request.scale();
    double percent = TaskSetRequests.scale(scale);
    if (state.count(TaskSets.BY_SERVICE, service.key()) >= TaskSets.PER_SERVICE_MAX) {
      throw EcsErrors.invalidParameter(
          TaskSets.PER_SERVICE_MAX
              + " deployments exist on the service. Unable to create new TaskSet since this exceeds"
              + " the maximum limit.");
    }
    String id = "ecs-svc/" + Ids.digits19(call.random());
    return new TaskSet(
        service.account(),
        service.region(),
        service.cluster(),
        service.name(),
        id,
        TaskSet.ACTIVE,
        request.externalId(),
        launchType,
        strategy,
        percent,
        Tags.accept(request.tags()),
        ServiceDeploymentBuilder.builder(
                ServiceDeployment.begin(id, definition.family(), definition.revision(), call.now())
                    .completed(call.now()))
            .announced(true)
            .build(),
        List.of(),
        0,
        null,
        null,
        false,
        call.now(),
        hash,
        call.now(),
        call.now());
  }

  private static void check(CreateTaskSetRequest request, TaskDefinition definition) {
    LaunchTypes.checkNetwork(request.networkConfiguration(), definition);
    Settings.platformVersion(request.platformVersion());
    Unbuilt.loadBalancers(request.loadBalancers(), definition);
    Unbuilt.refuse(!request.serviceRegistries().isEmpty(), "serviceRegistries");
    String externalId = request.externalId();
    if (externalId != null && externalId.length() > EXTERNAL_ID_MAX) {
      throw EcsErrors.invalidParameter(
          "externalId must be at most " + EXTERNAL_ID_MAX + " characters.");
    }
  }

  private static String hash(CreateTaskSetRequest request, Service service) {
    CreateTaskSetRequest plain =
        request.toBuilder()
            .clientToken(null)
            .cluster(service.cluster())
            .service(service.name())
            .build();
    return RequestToken.hash(plain);
  }

  private static CreateTaskSetResponse answer(State state, Service service, TaskSet set) {
    return CreateTaskSetResponse.builder()
        .taskSet(TaskSetShape.of(state, service, set, true))
        .build();
  }
}
