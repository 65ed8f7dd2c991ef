package dev.roadstead.control.ecs.taskdefinition.rule;

import dev.roadstead.control.ecs.api.EcsErrors;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DockerVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.EFSAuthorizationConfigIAM;
import software.amazon.awssdk.services.ecs.model.EFSTransitEncryption;
import software.amazon.awssdk.services.ecs.model.EFSVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.FSxWindowsFileServerVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.S3FilesVolumeConfiguration;
import software.amazon.awssdk.services.ecs.model.Scope;
import software.amazon.awssdk.services.ecs.model.Volume;

/// The rules of volumes. Source: ECS API reference, Volume and its configurations.
final class VolumeRules {
  private static final int PORT_MAX = 65_535;

  private VolumeRules() {}

  static void check(Draft draft) {
    Set<String> names = new HashSet<>();
    int atLaunch = 0;
    for (Volume volume : draft.request().volumes()) {
      if (volume.name() == null || volume.name().isEmpty()) {
        throw EcsErrors.client("Volume.name should not be null or empty.");
      }
      if (!TaskRules.NAME.matcher(volume.name()).matches()) {
        throw EcsErrors.client("Volume.name contains invalid characters.");
      }
      if (!names.add(volume.name())) {
        throw EcsErrors.client("Volume names must be unique within a task definition");
      }
      atLaunch += Boolean.TRUE.equals(volume.configuredAtLaunch()) ? 1 : 0;
      checkKind(volume, draft);
    }
    if (atLaunch > 1) {
      throw EcsErrors.client(
          "A task definition can have only one volume that is configured at launch.");
    }
  }

  private static void checkKind(Volume volume, Draft draft) {
    boolean bound = volume.host() != null && volume.host().sourcePath() != null;
    long kinds =
        Arrays.asList(
                    volume.dockerVolumeConfiguration(),
                    volume.efsVolumeConfiguration(),
                    volume.s3filesVolumeConfiguration(),
                    volume.fsxWindowsFileServerVolumeConfiguration())
                .stream()
                .filter(Objects::nonNull)
                .count()
            + (bound ? 1 : 0)
            + (Boolean.TRUE.equals(volume.configuredAtLaunch()) ? 1 : 0);
    if (kinds > 1) {
      throw EcsErrors.client(
          "Volume '" + volume.name() + "' can have only one volume configuration.");
    }
    if (volume.dockerVolumeConfiguration() != null) {
      checkDocker(volume.dockerVolumeConfiguration());
    }
    if (volume.efsVolumeConfiguration() != null) {
      checkEfs(volume.efsVolumeConfiguration());
    }
    if (volume.s3filesVolumeConfiguration() != null) {
      checkS3Files(volume.s3filesVolumeConfiguration(), draft);
    }
    if (volume.fsxWindowsFileServerVolumeConfiguration() != null) {
      checkFsx(volume.fsxWindowsFileServerVolumeConfiguration());
    }
  }

  private static void checkDocker(DockerVolumeConfiguration docker) {
    if (docker.autoprovision() != null && docker.scope() != Scope.SHARED) {
      throw EcsErrors.client("autoprovision can only be specified when the scope is shared.");
    }
  }

  private static void checkEfs(EFSVolumeConfiguration efs) {
    if (efs.fileSystemId() == null || efs.fileSystemId().isEmpty()) {
      throw EcsErrors.client("EFSVolumeConfiguration.fileSystemId should not be null or empty.");
    }
    boolean encrypted = efs.transitEncryption() == EFSTransitEncryption.ENABLED;
    if (efs.authorizationConfig() != null) {
      String accessPoint = efs.authorizationConfig().accessPointId();
      if (efs.authorizationConfig().iam() == EFSAuthorizationConfigIAM.ENABLED && !encrypted) {
        throw EcsErrors.client("EFS IAM authorization requires TransitEncryption to be enabled");
      }
      if (accessPoint != null && !rootOnly(efs.rootDirectory())) {
        throw EcsErrors.client(
            "When using an EFS access point, the root directory must either be set to \"/\" or be"
                + " omitted");
      }
      if (accessPoint != null && !encrypted) {
        throw EcsErrors.client("EFS access points require TransitEncryption to be enabled");
      }
    }
    if (efs.transitEncryptionPort() != null && !encrypted) {
      throw EcsErrors.client("TransitEncryptionPort requires that TransitEncryption is enabled");
    }
    checkPort(efs.transitEncryptionPort());
  }

  private static void checkS3Files(S3FilesVolumeConfiguration files, Draft draft) {
    if (files.fileSystemArn() == null || files.fileSystemArn().isEmpty()) {
      throw EcsErrors.client(
          "S3FilesVolumeConfiguration.fileSystemArn should not be null or empty.");
    }
    if (draft.request().taskRoleArn() == null) {
      throw EcsErrors.client(
          "When you are specifying an S3 Files volume, you must also specify a value for"
              + " 'taskRoleArn'");
    }
    if (files.accessPointArn() != null && !rootOnly(files.rootDirectory())) {
      throw EcsErrors.client(
          "When using an S3 Files access point, the root directory must either be set to \"/\" or"
              + " be omitted");
    }
    checkPort(files.transitEncryptionPort());
  }

  private static void checkFsx(FSxWindowsFileServerVolumeConfiguration fsx) {
    if (ContainerRules.anyBlank(Arrays.asList(fsx.fileSystemId(), fsx.rootDirectory()))
        || fsx.authorizationConfig() == null
        || ContainerRules.anyBlank(
            Arrays.asList(
                fsx.authorizationConfig().credentialsParameter(),
                fsx.authorizationConfig().domain()))) {
      throw EcsErrors.client(
          "fsxWindowsFileServerVolumeConfiguration requires fileSystemId, rootDirectory and"
              + " authorizationConfig.");
    }
  }

  private static boolean rootOnly(@Nullable String directory) {
    return directory == null || directory.isEmpty() || directory.equals("/");
  }

  private static void checkPort(@Nullable Integer port) {
    if (!ContainerRules.within(port, 1, PORT_MAX)) {
      throw EcsErrors.client("Invalid 'transitEncryptionPort' setting.");
    }
  }
}
