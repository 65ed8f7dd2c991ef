package dev.roadstead.control.ecs.instance;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import software.amazon.awssdk.services.ecs.model.PutAttributesRequest;
import software.amazon.awssdk.services.ecs.model.PutAttributesResponse;

/// Sets custom attributes of container instances. Source: Amazon ECS API reference, PutAttributes.
public final class PutAttributes implements Write<PutAttributesRequest, PutAttributesResponse> {
  @Override
  public Decision<PutAttributesResponse> decide(
      State state, PutAttributesRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    var targets = AttributeTargets.of(state, call.scope(), cluster.name(), request.attributes());
    List<Change> changes = new ArrayList<>();
    targets.forEach((row, sent) -> changes.addAll(put(row, sent)));
    return new Decision<>(
        changes, PutAttributesResponse.builder().attributes(request.attributes()).build());
  }

  private static List<Change> put(
      ContainerInstance row, List<software.amazon.awssdk.services.ecs.model.Attribute> sent) {
    SequencedMap<String, Attribute> byName = Attributes.byName(row.attributes());
    for (software.amazon.awssdk.services.ecs.model.Attribute one : sent) {
      Attribute attribute = Attributes.accept(one.name(), one.value());
      byName.put(attribute.name(), attribute);
    }
    long custom = byName.sequencedKeySet().stream().filter(Attributes::custom).count();
    if (custom > Attributes.CUSTOM_MAX) {
      throw EcsErrors.of(
          "AttributeLimitExceededException",
          "You can apply up to " + Attributes.CUSTOM_MAX + " custom attributes for each resource.");
    }
    return ContainerInstances.update(
        row, ContainerInstanceBuilder.builder(row).attributes(Attributes.sorted(byName)).build());
  }
}
