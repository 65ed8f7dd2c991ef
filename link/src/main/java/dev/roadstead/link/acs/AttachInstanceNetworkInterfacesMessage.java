package dev.roadstead.link.acs;

import dev.roadstead.link.Copies;
import dev.roadstead.link.task.ElasticNetworkInterface;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Announces a trunk interface.
public record AttachInstanceNetworkInterfacesMessage(
    @Nullable String clusterArn,
    @Nullable String containerInstanceArn,
    @Nullable String messageId,
    @Nullable Long generatedAt,
    @Nullable Long waitTimeoutMs,
    List<ElasticNetworkInterface> elasticNetworkInterfaces)
    implements AcsServerMessage {
  public AttachInstanceNetworkInterfacesMessage {
    elasticNetworkInterfaces = Copies.of(elasticNetworkInterfaces);
  }
}
