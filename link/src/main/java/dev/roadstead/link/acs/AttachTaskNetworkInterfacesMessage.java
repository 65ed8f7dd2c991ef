package dev.roadstead.link.acs;

import dev.roadstead.link.Copies;
import dev.roadstead.link.task.ElasticNetworkInterface;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Announces the interfaces of an awsvpc task.
public record AttachTaskNetworkInterfacesMessage(
    @Nullable String clusterArn,
    @Nullable String containerInstanceArn,
    @Nullable String taskArn,
    @Nullable String taskClusterArn,
    @Nullable String messageId,
    @Nullable Long generatedAt,
    @Nullable Long waitTimeoutMs,
    List<ElasticNetworkInterface> elasticNetworkInterfaces)
    implements AcsServerMessage {
  public AttachTaskNetworkInterfacesMessage {
    elasticNetworkInterfaces = Copies.of(elasticNetworkInterfaces);
  }
}
