package dev.roadstead.link.api;

import dev.roadstead.link.Copies;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one container.
/// @param status `PENDING`, `RUNNING` or `STOPPED`
@RecordBuilder
public record ContainerStateChange(
    String containerName,
    @Nullable String status,
    @Nullable Integer exitCode,
    @Nullable String reason,
    @Nullable String runtimeId,
    @Nullable String imageDigest,
    List<NetworkBinding> networkBindings) {
  public ContainerStateChange {
    networkBindings = Copies.of(networkBindings);
  }
}
