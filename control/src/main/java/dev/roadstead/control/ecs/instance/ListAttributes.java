package dev.roadstead.control.ecs.instance;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.Page;
import dev.roadstead.control.ecs.api.Paging;
import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.ecs.model.ListAttributesRequest;
import software.amazon.awssdk.services.ecs.model.ListAttributesResponse;

/// Lists attributes, one entry for each attribute of each instance. Source: Amazon ECS API
/// reference, ListAttributes.
public final class ListAttributes implements Read<ListAttributesRequest, ListAttributesResponse> {
  private record Item(ContainerInstance instance, Attribute attribute) {
    /// Sorts as the items do: no id or key contains a NUL.
    String key() {
      return instance.key() + "\0" + attribute.name();
    }
  }

  @Override
  public ListAttributesResponse answer(State state, ListAttributesRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    String type = request.targetTypeAsString();
    if (!Attributes.TARGET_TYPE.equals(type)) {
      throw EcsErrors.invalidParameter(
          "targetType should be one of [" + Attributes.TARGET_TYPE + "]");
    }
    String name = request.attributeName();
    String value = request.attributeValue();
    if (name == null && value != null) {
      throw EcsErrors.invalidParameter("attributeName is required when attributeValue is given.");
    }
    List<Item> items = new ArrayList<>();
    for (ContainerInstance row :
        state.rows(ContainerInstances.REGISTERED_BY_CLUSTER, cluster.key())) {
      for (Attribute one : row.attributes()) {
        if ((name == null || one.name().equals(name))
            && (value == null || Objects.equals(one.value(), value))) {
          items.add(new Item(row, one));
        }
      }
    }
    Page<Item> page =
        Paging.page(
            items,
            Item::key,
            Paging.Ask.of(
                "ListAttributes|" + cluster.key() + "|" + name + "|" + value,
                request.maxResults(),
                request.nextToken()));
    return ListAttributesResponse.builder()
        .attributes(page.items().stream().map(ListAttributes::shape).toList())
        .nextToken(page.nextToken())
        .build();
  }

  private static software.amazon.awssdk.services.ecs.model.Attribute shape(Item item) {
    return software.amazon.awssdk.services.ecs.model.Attribute.builder()
        .name(item.attribute().name())
        .value(item.attribute().value())
        .targetId(item.instance().arn())
        .build();
  }
}
