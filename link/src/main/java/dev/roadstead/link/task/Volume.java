package dev.roadstead.link.task;

import dev.roadstead.link.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A volume of a task.
/// @param type `host`, `docker`, `efs`, `ebs` or `s3files`; absent means `host`
public record Volume(
    String name,
    @Nullable String type,
    @Nullable Host host,
    @Nullable Docker dockerVolumeConfiguration,
    @Nullable Efs efsVolumeConfiguration) {

  /// An absent or empty path means a volume that lives as long as the task.
  public record Host(@Nullable String sourcePath) {}

  /// Scope `task` (the default) or `shared`.
  public record Docker(
      @Nullable String scope,
      @Nullable Boolean autoprovision,
      @Nullable String driver,
      Map<String, String> driverOpts,
      Map<String, String> labels) {
    public Docker {
      driverOpts = Copies.of(driverOpts);
      labels = Copies.of(labels);
    }
  }

  public record Efs(
      @Nullable String fileSystemId,
      @Nullable String rootDirectory,
      @Nullable String transitEncryption,
      @Nullable Integer transitEncryptionPort,
      @Nullable EfsAuthorization authorizationConfig) {}

  public record EfsAuthorization(@Nullable String accessPointId, @Nullable String iam) {}
}
