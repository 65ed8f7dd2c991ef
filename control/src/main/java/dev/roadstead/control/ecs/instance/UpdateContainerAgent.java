package dev.roadstead.control.ecs.instance;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.engine.root.State;
import software.amazon.awssdk.services.ecs.model.UpdateContainerAgentRequest;
import software.amazon.awssdk.services.ecs.model.UpdateContainerAgentResponse;

/// Would update an agent. Agents are updated by whoever installed them, so there never is an update
/// to give. Source: Amazon ECS API reference, UpdateContainerAgent.
public final class UpdateContainerAgent
    implements Read<UpdateContainerAgentRequest, UpdateContainerAgentResponse> {
  @Override
  public UpdateContainerAgentResponse answer(
      State state, UpdateContainerAgentRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    InstanceLookup.require(state, call.scope(), cluster.name(), request.containerInstance());
    throw EcsErrors.of(
        "NoUpdateAvailableException", "There is no update available for this container agent.");
  }
}
