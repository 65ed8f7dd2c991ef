package dev.roadstead.control.ecs.capacity;

import dev.roadstead.control.api.Entry;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.CreateCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.DeleteCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.DescribeCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.UpdateCapacityProviderRequest;

/// The operations of this package, for the catalogue.
public final class CapacityOperations {
  private static final String LATER = "managedInstancesProvider";

  private CapacityOperations() {}

  public static List<Entry> entries() {
    return List.of(
        Entry.partial(
            "CreateCapacityProvider",
            CreateCapacityProviderRequest::builder,
            new CreateCapacityProvider(),
            LATER),
        Entry.of(
            "DeleteCapacityProvider",
            DeleteCapacityProviderRequest::builder,
            new DeleteCapacityProvider()),
        Entry.of(
            "DescribeCapacityProviders",
            DescribeCapacityProvidersRequest::builder,
            new DescribeCapacityProviders()),
        Entry.partial(
            "UpdateCapacityProvider",
            UpdateCapacityProviderRequest::builder,
            new UpdateCapacityProvider(),
            LATER));
  }
}
