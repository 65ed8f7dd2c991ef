package dev.roadstead.control.ecs.cluster;

import dev.roadstead.control.api.Entry;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.PutClusterCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterSettingsRequest;

/// The operations of this package, for the catalogue.
public final class ClusterOperations {
  private static final String LATER = "serviceConnectDefaults";

  private ClusterOperations() {}

  public static List<Entry> entries() {
    return List.of(
        Entry.partial("CreateCluster", CreateClusterRequest::builder, new CreateCluster(), LATER),
        Entry.of("DeleteCluster", DeleteClusterRequest::builder, new DeleteCluster()),
        Entry.of("DescribeClusters", DescribeClustersRequest::builder, new DescribeClusters()),
        Entry.of("ListClusters", ListClustersRequest::builder, new ListClusters()),
        Entry.of(
            "PutClusterCapacityProviders",
            PutClusterCapacityProvidersRequest::builder,
            new PutClusterCapacityProviders()),
        Entry.partial(
            "UpdateCluster",
            UpdateClusterRequest::builder,
            new UpdateCluster(),
            "serviceConnectDefaults"),
        Entry.of(
            "UpdateClusterSettings",
            UpdateClusterSettingsRequest::builder,
            new UpdateClusterSettings()));
  }
}
