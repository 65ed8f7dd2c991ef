package dev.roadstead.control.ecs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.Rows;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.setting.PutAccountSetting;
import dev.roadstead.control.ecs.setting.PutAccountSettingDefault;
import dev.roadstead.control.ecs.table.AccountSettings;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.Tasks;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ClusterField;
import software.amazon.awssdk.services.ecs.model.ClusterSetting;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingDefaultRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.UpdateClusterRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterSettingsRequest;

final class ClusterOperationsTest {
  private final World world =
      new World(
              List.of(
                  AccountSettings.TABLE,
                  Clusters.TABLE,
                  Tasks.TABLE,
                  ContainerInstances.TABLE,
                  Services.TABLE))
          .with(new ClusterReaper());

  @Test
  void createsTheDefaultClusterWhenUnnamed() {
    var cluster = create(CreateClusterRequest.builder().build());

    assertThat(cluster.clusterName()).isEqualTo("default");
    assertThat(cluster.clusterArn())
        .isEqualTo("arn:aws:ecs:eu-central-1:123456789012:cluster/default");
    assertThat(cluster.status()).isEqualTo("ACTIVE");
    assertThat(cluster.settings())
        .containsExactly(
            ClusterSetting.builder().name("containerInsights").value("disabled").build());
    assertThat(cluster.statistics()).isEmpty();
  }

  @Test
  void theAccountSettingIsTheDefaultOfNewClusters() {
    create(named("before").build());
    world.call(
        new PutAccountSettingDefault(),
        PutAccountSettingDefaultRequest.builder()
            .name("containerInsights")
            .value("enhanced")
            .build());

    assertThat(insights(create(named("default").build()))).isEqualTo("enhanced");
    assertThat(insights(create(named("before").build()))).isEqualTo("disabled");
    assertThat(
            insights(
                create(
                    named("own")
                        .settings(
                            ClusterSetting.builder()
                                .name("containerInsights")
                                .value("disabled")
                                .build())
                        .build())))
        .isEqualTo("disabled");

    world.call(
        new PutAccountSetting(),
        PutAccountSettingRequest.builder().name("containerInsights").value("enabled").build());
    assertThat(insights(create(named("mine").build()))).isEqualTo("enabled");
  }

  private static String insights(software.amazon.awssdk.services.ecs.model.Cluster cluster) {
    return cluster.settings().getFirst().value();
  }

  @Test
  void returnsAnActiveClusterUnchanged() {
    create(named("a").tags(tag("k", "1")).build());

    var again = create(named("a").tags(tag("k", "2")).build());

    assertThat(again.tags()).containsExactly(tag("k", "1"));
  }

  @Test
  void makesAFreshClusterOfADeletedName() {
    create(named("a").tags(tag("k", "1")).build());
    delete("a");

    assertThat(create(named("a").build()).tags()).isEmpty();
  }

  @Test
  void refusesBadNames() {
    assertThat(world.refusal(new CreateCluster(), named("a b").build()).error().code())
        .isEqualTo("InvalidParameterException");
    assertThat(world.refusal(new CreateCluster(), named("x".repeat(256)).build()).error().code())
        .isEqualTo("InvalidParameterException");
  }

  @Test
  void describesWhatWasAskedForOnly() {
    create(named("a").tags(tag("k", "1")).build());

    var plain = describe("a");
    assertThat(plain.tags()).isEmpty();
    assertThat(plain.settings()).isEmpty();

    var full =
        world
            .call(
                new DescribeClusters(),
                DescribeClustersRequest.builder()
                    .clusters("a")
                    .include(ClusterField.TAGS, ClusterField.SETTINGS, ClusterField.STATISTICS)
                    .build())
            .clusters()
            .getFirst();
    assertThat(full.tags()).hasSize(1);
    assertThat(full.settings()).hasSize(1);
    assertThat(full.statistics()).isNotEmpty();
  }

  @Test
  void namesMissingClustersAsFailures() {
    var answer =
        world.call(
            new DescribeClusters(), DescribeClustersRequest.builder().clusters("nope").build());

    assertThat(answer.clusters()).isEmpty();
    assertThat(answer.failures().getFirst().reason()).isEqualTo("MISSING");
    assertThat(answer.failures().getFirst().arn())
        .isEqualTo("arn:aws:ecs:eu-central-1:123456789012:cluster/nope");
  }

  @Test
  void keepsADeletedClusterDescribableForADay() {
    create(named("a").build());
    delete("a");

    assertThat(describe("a").status()).isEqualTo("INACTIVE");
    assertThat(list()).isEmpty();
    assertThat(delete("a")).isEqualTo("INACTIVE");

    world.pass(Duration.ofHours(25)).settle();
    assertThat(world.state().count(Clusters.TABLE)).isZero();
  }

  @Test
  void refusesToDeleteWhatIsInUse() {
    create(named("default").build());
    world.apply(List.of(ContainerInstances.create(Rows.instance("one"))));

    var refusal =
        world.refusal(
            new DeleteCluster(), DeleteClusterRequest.builder().cluster("default").build());

    assertThat(refusal.error().code()).isEqualTo("ClusterContainsContainerInstancesException");
    assertThat(refusal.error().message())
        .isEqualTo(
            "The Cluster cannot be deleted while Container Instances are active or draining.");
  }

  @Test
  void refusesUnknownClusters() {
    var refusal =
        world.refusal(new DeleteCluster(), DeleteClusterRequest.builder().cluster("x").build());

    assertThat(refusal.error().code()).isEqualTo("ClusterNotFoundException");
    assertThat(refusal.error().message()).isEqualTo("Cluster not found.");
  }

  @Test
  void changesSettings() {
    create(named("a").build());
    ClusterSetting enhanced =
        ClusterSetting.builder().name("containerInsights").value("enhanced").build();

    var settings =
        world
            .call(
                new UpdateClusterSettings(),
                UpdateClusterSettingsRequest.builder().cluster("a").settings(enhanced).build())
            .cluster()
            .settings();

    assertThat(settings).containsExactly(enhanced);
    assertThat(
            world
                .refusal(
                    new UpdateCluster(),
                    UpdateClusterRequest.builder()
                        .cluster("a")
                        .settings(
                            ClusterSetting.builder().name("containerInsights").value("x").build())
                        .build())
                .error()
                .code())
        .isEqualTo("InvalidParameterException");
  }

  @Test
  void listsInPages() {
    for (String name : List.of("c", "a", "b")) {
      create(named(name).build());
    }
    var first = world.call(new ListClusters(), ListClustersRequest.builder().maxResults(2).build());
    var second =
        world.call(
            new ListClusters(),
            ListClustersRequest.builder().maxResults(2).nextToken(first.nextToken()).build());

    assertThat(first.clusterArns()).hasSize(2);
    assertThat(second.clusterArns()).hasSize(1);
    assertThat(second.nextToken()).isNull();
  }

  private List<String> list() {
    return world.call(new ListClusters(), ListClustersRequest.builder().build()).clusterArns();
  }

  private String delete(String name) {
    return world
        .call(new DeleteCluster(), DeleteClusterRequest.builder().cluster(name).build())
        .cluster()
        .status();
  }

  private software.amazon.awssdk.services.ecs.model.Cluster describe(String name) {
    return world
        .call(new DescribeClusters(), DescribeClustersRequest.builder().clusters(name).build())
        .clusters()
        .getFirst();
  }

  private software.amazon.awssdk.services.ecs.model.Cluster create(CreateClusterRequest request) {
    return world.call(new CreateCluster(), request).cluster();
  }

  private static CreateClusterRequest.Builder named(String name) {
    return CreateClusterRequest.builder().clusterName(name);
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
