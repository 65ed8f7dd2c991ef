package dev.roadstead.control.ecs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.Rows;
import dev.roadstead.control.RuleRow;
import dev.roadstead.control.Stage;
import dev.roadstead.control.World;
import dev.roadstead.control.api.Entry;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.ClusterBuilder;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.table.Change;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every refusal of the operations on clusters, and those that all operations share.
class ClusterRulesTest {
  /// These take a cluster that is not there: to make it, to look for it, or to report of it.
  private static final Set<String> LENIENT =
      Set.of(
          "DiscoverPollEndpoint",
          "SubmitAttachmentStateChanges",
          "SubmitContainerStateChange",
          "SubmitTaskStateChange");

  private static final String TABLE =
      """
      CreateCluster {"clusterName": "a b"}
      InvalidParameterException: Cluster name must be 1 to 255 letters, numbers, hyphens and \
      underscores.

      CreateCluster {"clusterName": "fill(256)"}
      InvalidParameterException: Cluster name must be 1 to 255 letters, numbers, hyphens and \
      underscores.

      New "settings": [{"name": "else", "value": "enabled"}]}
      InvalidParameterException: Setting name should be one of [containerInsights]

      New "settings": [{"name": "containerInsights", "value": "on"}]}
      InvalidParameterException: Setting value for containerInsights should be one of \
      [enabled,disabled,enhanced]

      New "configuration": {"executeCommandConfiguration": {"logging": "LOUD"}}}
      InvalidParameterException: logging should be one of [NONE,DEFAULT,OVERRIDE]

      New "configuration": {"executeCommandConfiguration": {"logging": "DEFAULT", \
      "logConfiguration": {"s3BucketName": "b"}}}}
      InvalidParameterException: You must set logging to 'OVERRIDE' when you supply a log \
      configuration

      UpdateCluster {"cluster": "default", "configuration": {"executeCommandConfiguration": \
      {"logConfiguration": {"s3BucketName": "b"}}}}
      InvalidParameterException: You must set logging to 'OVERRIDE' when you supply a log \
      configuration

      New "configuration": {"executeCommandConfiguration": {"logging": "OVERRIDE"}}}
      InvalidParameterException: A CloudWatch log group name or S3 bucket name must be specified \
      when overriding the default log configuration

      New "serviceConnectDefaults": {"namespace": "n"}}
      UnsupportedFeatureException: serviceConnectDefaults is not supported yet by Roadstead.

      UpdateCluster {"cluster": "default", "serviceConnectDefaults": {"namespace": "n"}}
      UnsupportedFeatureException: serviceConnectDefaults is not supported yet by Roadstead.

      New "capacityProviders": ["mine"]}
      ClientException: The specified capacity provider does not exist. Specify a valid name or \
      ARN and try again.

      New "capacityProviders": list(21 of "p#")}
      LimitExceededException: A cluster cannot have more than 20 capacity providers.

      New "defaultCapacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]}
      InvalidParameterException: The specified capacity provider strategy cannot contain a \
      capacity provider that is not associated with the cluster

      New "defaultCapacityProviderStrategy": [{"capacityProvider": "a", "base": 1, \
      "weight": 1}, {"capacityProvider": "b", "base": 1}]}
      InvalidParameterException: The specified capacity provider strategy contains multiple \
      capacity providers with a base value defined

      New "capacityProviders": ["FARGATE"], \
      "defaultCapacityProviderStrategy": [{"capacityProvider": "FARGATE"}]}
      InvalidParameterException: There are no capacity providers in the capacity provider \
      strategy with a weight value greater than zero

      New "capacityProviders": ["FARGATE"], "defaultCapacityProviderStrategy": \
      [{"capacityProvider": "FARGATE", "weight": 1001}]}
      InvalidParameterException: weight must be between 0 and 1000.

      New "capacityProviders": ["FARGATE"], "defaultCapacityProviderStrategy": \
      [{"capacityProvider": "FARGATE", "weight": 1, "base": 100001}]}
      InvalidParameterException: base must be between 0 and 100000.

      New "capacityProviders": ["FARGATE"], "defaultCapacityProviderStrategy": \
      [{"capacityProvider": "FARGATE", "weight": 1}, {"capacityProvider": "FARGATE"}]}
      InvalidParameterException: The specified capacity provider strategy cannot contain a \
      capacity provider more than once

      New "capacityProviders": ["FARGATE"], "defaultCapacityProviderStrategy": list(21 of \
      {"capacityProvider": "FARGATE", "weight": 1})}
      InvalidParameterException: A capacity provider strategy cannot have more than 20 capacity \
      providers.

      New "capacityProviders": ["FARGATE", "group"], "defaultCapacityProviderStrategy": \
      [{"capacityProvider": "FARGATE", "weight": 1}, {"capacityProvider": "group"}]}
      InvalidParameterException: A capacity provider strategy can only contain either Auto \
      Scaling group or Fargate capacity providers.

      New "tags": [{"key": "AWS:x", "value": "y"}]}
      InvalidParameterException: Tag keys that start with 'aws:' are reserved for system use.

      DescribeClusters {"clusters": list(101 of "c#")}
      InvalidParameterException: Clusters cannot have more than 100 elements.

      DescribeClusters {"include": ["ALL"]}
      InvalidParameterException: include should be one of \
      [ATTACHMENTS,CONFIGURATIONS,SETTINGS,STATISTICS,TAGS]

      ListClusters {"nextToken": "none of ours"}
      InvalidParameterException: Invalid nextToken.

      UpdateCluster {}
      InvalidParameterException: Cluster can not be blank.

      UpdateCluster {"cluster": "default", "settings": [{"name": "else", "value": "enabled"}]}
      InvalidParameterException: Setting name should be one of [containerInsights]

      UpdateClusterSettings {}
      InvalidParameterException: Cluster can not be blank.

      UpdateClusterSettings {"cluster": "default"}
      InvalidParameterException: Settings cannot be empty.

      UpdateClusterSettings {"cluster": "default", \
      "settings": [{"name": "containerInsights", "value": "on"}]}
      InvalidParameterException: Setting value for containerInsights should be one of \
      [enabled,disabled,enhanced]

      PutClusterCapacityProviders {}
      InvalidParameterException: Cluster can not be blank.

      PutClusterCapacityProviders {"cluster": "default"}
      InvalidParameterException: capacityProviders can not be blank.

      PutClusterCapacityProviders {"cluster": "default", "capacityProviders": []}
      InvalidParameterException: defaultCapacityProviderStrategy can not be blank.

      PutClusterCapacityProviders {"cluster": "default", "capacityProviders": ["mine"], \
      "defaultCapacityProviderStrategy": []}
      ClientException: The specified capacity provider does not exist. Specify a valid name or \
      ARN and try again.

      DeleteCluster {}
      InvalidParameterException: Cluster can not be blank.

      DeleteCluster {"cluster": "unknown"}
      ClusterNotFoundException: Cluster not found.

      DeleteCluster {"cluster": "manned"}
      ClusterContainsContainerInstancesException: The Cluster cannot be deleted while Container \
      Instances are active or draining.

      DeleteCluster {"cluster": "served"}
      ClusterContainsServicesException: The Cluster cannot be deleted while Services are active.

      DeleteCluster {"cluster": "working"}
      ClusterContainsTasksException: The Cluster cannot be deleted while Tasks are active.
      """;

  static Stream<RuleRow> rules() {
    return RuleRow.table(TABLE, Map.of("New", "CreateCluster {\"clusterName\": \"new\", %s"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void refuses(RuleRow rule) {
    rule.check(world());
  }

  private static World world() {
    World world = RuleRow.world();
    for (String name : List.of("default", "manned", "served", "working", "gone")) {
      RuleRow.perform(world, "CreateCluster {\"clusterName\": \"" + name + "\"}");
    }
    RuleRow.perform(
        world,
        "CreateCapacityProvider {\"name\": \"group\","
            + "\"autoScalingGroupProvider\": {\"autoScalingGroupArn\": \"g\"}}");
    RuleRow.perform(world, "DeleteCluster {\"cluster\": \"gone\"}");
    RuleRow.perform(world, "RegisterContainerInstance {\"cluster\": \"manned\"}");
    RuleRow.perform(
        world,
        "RegisterTaskDefinition {\"family\": \"web\","
            + "\"containerDefinitions\": [{\"name\": \"a\", \"image\": \"b\", \"memory\": 9}]}");
    RuleRow.perform(
        world,
        "CreateService {\"cluster\": \"served\", \"serviceName\": \"s\","
            + "\"taskDefinition\": \"web\", \"desiredCount\": 0}");
    var absent = ContainerInstanceBuilder.builder(Rows.instance("i")).cluster("working").build();
    return world.apply(List.of(Tasks.create(Stage.task("t", Rows.definition("web", 1), absent))));
  }

  static Stream<String> operationsInAClusters() {
    return RuleRow.operations().stream()
        .filter(one -> hasMember(one, "cluster"))
        .map(one -> one.shape().name())
        .filter(name -> !LENIENT.contains(name) && !name.endsWith("Cluster"));
  }

  @ParameterizedTest
  @MethodSource("operationsInAClusters")
  void everyOperationInAClusterNeedsOneThatIsActive(String operation) {
    refused(operation, "{\"cluster\": \"unknown\"}", "Cluster not found.");
    refused(operation, "{\"cluster\": \"gone\"}", "The referenced cluster was inactive.");
  }

  private static void refused(String operation, String request, String text) {
    new RuleRow(operation, request, "ClusterNotFoundException: " + text).check(world());
  }

  static Stream<Entry> lists() {
    return RuleRow.operations().stream().filter(one -> hasMember(one, "maxResults"));
  }

  /// Source: ECS API reference, `maxResults` of each operation.
  @ParameterizedTest
  @MethodSource("lists")
  void everyListLimitsItsPages(Entry list) {
    String name = list.shape().name();
    String target =
        switch (name) {
          case "ListAttributes" -> "\"targetType\": \"container-instance\", ";
          case "ListServiceDeployments" -> "\"cluster\": \"served\", \"service\": \"s\", ";
          default -> "";
        };
    int max = List.of("ListAccountSettings", "DescribeCapacityProviders").contains(name) ? 10 : 100;
    for (int results : List.of(-1, 0, max + 1)) {
      new RuleRow(
              name,
              "{" + target + "\"maxResults\": " + results + "}",
              "InvalidParameterException: maxResults must be between 1 and " + max + ".")
          .check(world());
    }
    new RuleRow(
            name,
            "{" + target + "\"nextToken\": \"AAAA\"}",
            "InvalidParameterException: Invalid nextToken.")
        .check(world());
  }

  @Test
  void clustersAreLimited() {
    List<Change> clusters =
        IntStream.range(0, CreateCluster.CLUSTERS_MAX)
            .mapToObj(i -> Clusters.put(Rows.cluster("c" + i)))
            .toList();
    World full = RuleRow.world().apply(clusters);
    new RuleRow(
            "CreateCluster",
            "{\"clusterName\": \"more\"}",
            "LimitExceededException: The limit for clusters was exceeded.")
        .check(full);
    Cluster deleted =
        ClusterBuilder.builder(Rows.cluster("c0"))
            .status(Cluster.INACTIVE)
            .inactiveAt(full.now())
            .build();
    full.apply(List.of(Clusters.forget(deleted)));
    assertThat(RuleRow.perform(full, "CreateCluster {\"clusterName\": \"more\"}")).isNotNull();
  }

  private static boolean hasMember(Entry operation, String member) {
    return operation.shape().input().get().sdkFields().stream()
        .anyMatch(field -> field.locationName().equals(member));
  }
}
