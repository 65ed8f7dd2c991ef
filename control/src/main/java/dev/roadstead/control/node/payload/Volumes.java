package dev.roadstead.control.node.payload;

import dev.roadstead.link.task.Volume;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DockerVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.EFSVolumeConfiguration;

/// Volumes of a payload.
final class Volumes {
  private Volumes() {}

  static List<Volume> of(List<software.amazon.awssdk.services.ecs.model.Volume> from) {
    return from.stream().map(Volumes::volume).toList();
  }

  private static Volume volume(software.amazon.awssdk.services.ecs.model.Volume from) {
    if (from.dockerVolumeConfiguration() != null) {
      return new Volume(
          from.name(), "docker", null, docker(from.dockerVolumeConfiguration()), null);
    }
    if (from.efsVolumeConfiguration() != null) {
      return new Volume(from.name(), "efs", null, null, efs(from.efsVolumeConfiguration()));
    }
    String path = from.host() == null ? null : from.host().sourcePath();
    return new Volume(from.name(), "host", new Volume.Host(path), null, null);
  }

  private static Volume.Docker docker(DockerVolumeConfiguration from) {
    String scope = from.scopeAsString() == null ? "task" : from.scopeAsString();
    return new Volume.Docker(
        scope, from.autoprovision(), from.driver(), from.driverOpts(), from.labels());
  }

  private static Volume.Efs efs(EFSVolumeConfiguration from) {
    return new Volume.Efs(
        from.fileSystemId(),
        from.rootDirectory(),
        from.transitEncryptionAsString(),
        from.transitEncryptionPort(),
        authorization(from));
  }

  private static Volume.@Nullable EfsAuthorization authorization(EFSVolumeConfiguration from) {
    return from.authorizationConfig() == null
        ? null
        : new Volume.EfsAuthorization(
            from.authorizationConfig().accessPointId(), from.authorizationConfig().iamAsString());
  }
}
