package dev.roadstead.control.ecs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.Members;
import dev.roadstead.control.Probe;
import dev.roadstead.control.Stage;
import dev.roadstead.control.World;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.ClusterConfiguration;
import software.amazon.awssdk.services.ecs.model.ClusterSetting;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.UpdateClusterRequest;

/// Every member of CreateCluster and UpdateCluster comes back from DescribeClusters as it was sent,
/// or is refused. The members are the model's: a new one is probed when the SDK is updated, and has
/// to be entered here when it is accepted.
class ClusterMembersTest {
  private static final String EXEC = "configuration.executeCommandConfiguration.";
  private static final String STRATEGY = "defaultCapacityProviderStrategy.";
  private static final Set<String> BOTH =
      Set.of(
          EXEC + "kmsKeyId",
          EXEC + "logConfiguration.cloudWatchEncryptionEnabled",
          EXEC + "logConfiguration.cloudWatchLogGroupName",
          EXEC + "logConfiguration.s3BucketName",
          EXEC + "logConfiguration.s3EncryptionEnabled",
          EXEC + "logConfiguration.s3KeyPrefix",
          EXEC + "logging",
          "configuration.managedStorageConfiguration.fargateEphemeralStorageKmsKeyId",
          "configuration.managedStorageConfiguration.kmsKeyId",
          "settings.name",
          "settings.value");

  @Test
  void createClusterShowsOrRefusesEveryMember() {
    assertThat(new Creation().accepted())
        .containsExactlyInAnyOrderElementsOf(
            and(
                "clusterName",
                "capacityProviders",
                STRATEGY + "base",
                STRATEGY + "capacityProvider",
                STRATEGY + "weight",
                "tags.key",
                "tags.value"));
  }

  @Test
  void updateClusterShowsOrRefusesEveryMember() {
    assertThat(new Change().accepted()).containsExactlyInAnyOrderElementsOf(and("cluster"));
  }

  private static List<String> and(String... more) {
    return Stream.concat(BOTH.stream(), Stream.of(more)).toList();
  }

  private static @Nullable List<Object> values(String path) {
    return switch (path) {
      case "capacityProviders", STRATEGY + "capacityProvider" -> List.of("FARGATE", "value");
      case "cluster" -> List.of("default");
      case "settings.value" -> List.of("enabled", "disabled", "enhanced", "other");
      default -> null;
    };
  }

  private static ClusterConfiguration configuration(String path) {
    return ClusterConfiguration.builder()
        .executeCommandConfiguration(
            one ->
                one.logging(path.contains("logConfiguration") ? "OVERRIDE" : "DEFAULT")
                    .logConfiguration(
                        path.contains("logConfiguration")
                            ? software.amazon.awssdk.services.ecs.model
                                .ExecuteCommandLogConfiguration.builder()
                                .s3BucketName("bucket")
                                .build()
                            : null))
        .build();
  }

  private static SdkPojo described(World world, String name) {
    return world
        .call(
            new DescribeClusters(),
            DescribeClustersRequest.builder()
                .clusters(name)
                .includeWithStrings("TAGS", "SETTINGS", "CONFIGURATIONS", "STATISTICS")
                .build())
        .clusters()
        .getFirst();
  }

  private static final class Creation extends Probe<CreateClusterRequest> {
    @Override
    protected CreateClusterRequest base(String path) {
      CreateClusterRequest.Builder one = CreateClusterRequest.builder().clusterName("value");
      if (path.startsWith("settings")) {
        one.settings(ClusterSetting.builder().name("containerInsights").value("enabled").build());
      }
      if (path.startsWith(EXEC)) {
        one.configuration(configuration(path));
      }
      if (path.startsWith(STRATEGY)) {
        one.capacityProviders("FARGATE")
            .defaultCapacityProviderStrategy(
                CapacityProviderStrategyItem.builder()
                    .capacityProvider("FARGATE")
                    .weight(1)
                    .build());
      }
      if (path.startsWith("tags")) {
        one.tags(Tag.builder().key("some").build());
      }
      return one.build();
    }

    @Override
    protected @Nullable List<Object> samples(String path) {
      return values(path);
    }

    @Override
    protected SdkPojo shown(CreateClusterRequest request) {
      World world = Stage.world();
      world.call(new CreateCluster(), request);
      return described(world, "value");
    }
  }

  private static final class Change extends Probe<UpdateClusterRequest> {
    @Override
    protected UpdateClusterRequest base(String path) {
      UpdateClusterRequest.Builder one = UpdateClusterRequest.builder().cluster("default");
      if (path.startsWith("settings")) {
        one.settings(ClusterSetting.builder().name("containerInsights").value("enabled").build());
      }
      if (path.startsWith(EXEC)) {
        one.configuration(configuration(path));
      }
      return one.build();
    }

    @Override
    protected @Nullable List<Object> samples(String path) {
      return values(path);
    }

    @Override
    protected SdkPojo shown(UpdateClusterRequest request) {
      World world = Stage.world();
      world.call(new UpdateCluster(), request);
      return described(world, "default");
    }

    @Override
    protected boolean shows(SdkPojo shown, String path, Object sent) {
      return Members.at(shown, path.equals("cluster") ? "clusterName" : path).contains(sent);
    }
  }
}
