package dev.roadstead.control.ecs.agent;

import dev.roadstead.control.ecs.table.NetworkBinding;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an agent says became of a task since its last report. Nothing in it is trusted to be
/// complete, in time, or new.
///
/// @param status `PENDING`, `RUNNING` or `STOPPED`; null when only something beside changed
/// @param reason why it stopped; often empty
/// @param containers applied in sequence: one container may be in it twice
record Report(
    @Nullable String status,
    @Nullable String reason,
    List<Container> containers,
    @Nullable Instant pullStartedAt,
    @Nullable Instant pullStoppedAt,
    @Nullable Instant executionStoppedAt) {
  Report {
    containers = List.copyOf(containers);
  }

  /// What became of a container.
  record Container(
      String name,
      @Nullable String status,
      @Nullable Integer exitCode,
      @Nullable String reason,
      @Nullable String runtimeId,
      @Nullable String imageDigest,
      List<NetworkBinding> networkBindings) {
    Container {
      networkBindings = List.copyOf(networkBindings);
    }
  }
}
