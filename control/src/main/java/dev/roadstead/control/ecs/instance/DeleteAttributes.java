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
import software.amazon.awssdk.services.ecs.model.DeleteAttributesRequest;
import software.amazon.awssdk.services.ecs.model.DeleteAttributesResponse;

/// Removes custom attributes of container instances, by name. Those that are not there do not
/// matter. Source: Amazon ECS API reference, DeleteAttributes.
public final class DeleteAttributes
    implements Write<DeleteAttributesRequest, DeleteAttributesResponse> {
  @Override
  public Decision<DeleteAttributesResponse> decide(
      State state, DeleteAttributesRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    var targets = AttributeTargets.of(state, call.scope(), cluster.name(), request.attributes());
    List<Change> changes = new ArrayList<>();
    targets.forEach((row, sent) -> changes.addAll(delete(row, sent)));
    return new Decision<>(
        changes, DeleteAttributesResponse.builder().attributes(request.attributes()).build());
  }

  private static List<Change> delete(
      ContainerInstance row, List<software.amazon.awssdk.services.ecs.model.Attribute> sent) {
    SequencedMap<String, Attribute> byName = Attributes.byName(row.attributes());
    for (software.amazon.awssdk.services.ecs.model.Attribute one : sent) {
      if (one.name() == null || one.name().isEmpty()) {
        throw EcsErrors.invalidParameter("Attribute name can not be blank.");
      }
      if (!Attributes.custom(one.name())) {
        throw EcsErrors.invalidParameter(
            "Attribute '" + one.name() + "' is reserved and can not be deleted.");
      }
      byName.remove(one.name());
    }
    return ContainerInstances.update(
        row, ContainerInstanceBuilder.builder(row).attributes(Attributes.sorted(byName)).build());
  }
}
