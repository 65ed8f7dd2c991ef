package dev.roadstead.link.api;

import dev.roadstead.link.Copies;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Registers or re-registers a container instance.
/// @param containerInstanceArn only after a restart with saved state
@RecordBuilder
public record RegisterContainerInstanceRequest(
    String cluster,
    @Nullable String containerInstanceArn,
    @Nullable String clientToken,
    List<Attribute> attributes,
    List<Resource> totalResources,
    List<Tag> tags,
    List<PlatformDevice> platformDevices,
    @Nullable String instanceIdentityDocument,
    @Nullable String instanceIdentityDocumentSignature,
    @Nullable VersionInfo versionInfo) {
  public RegisterContainerInstanceRequest {
    attributes = Copies.of(attributes);
    totalResources = Copies.of(totalResources);
    tags = Copies.of(tags);
    platformDevices = Copies.of(platformDevices);
  }

  public record PlatformDevice(String id, String type) {}

  public record VersionInfo(
      @Nullable String agentVersion, @Nullable String agentHash, @Nullable String dockerVersion) {}
}
