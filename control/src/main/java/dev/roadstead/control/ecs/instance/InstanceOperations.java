package dev.roadstead.control.ecs.instance;

import dev.roadstead.control.api.Entry;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DeleteAttributesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.ListAttributesRequest;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.PutAttributesRequest;
import software.amazon.awssdk.services.ecs.model.UpdateContainerAgentRequest;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateRequest;

/// The operations of this package, for the catalogue.
public final class InstanceOperations {
  private InstanceOperations() {}

  public static List<Entry> entries() {
    return List.of(
        Entry.of("DeleteAttributes", DeleteAttributesRequest::builder, new DeleteAttributes()),
        Entry.of(
            "DescribeContainerInstances",
            DescribeContainerInstancesRequest::builder,
            new DescribeContainerInstances()),
        Entry.of("ListAttributes", ListAttributesRequest::builder, new ListAttributes()),
        Entry.of(
            "ListContainerInstances",
            ListContainerInstancesRequest::builder,
            new ListContainerInstances()),
        Entry.of("PutAttributes", PutAttributesRequest::builder, new PutAttributes()),
        Entry.of(
            "UpdateContainerAgent",
            UpdateContainerAgentRequest::builder,
            new UpdateContainerAgent()),
        Entry.of(
            "UpdateContainerInstancesState",
            UpdateContainerInstancesStateRequest::builder,
            new UpdateContainerInstancesState()));
  }
}
