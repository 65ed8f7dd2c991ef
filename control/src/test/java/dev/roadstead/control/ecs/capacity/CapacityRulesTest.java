package dev.roadstead.control.ecs.capacity;

import dev.roadstead.control.RuleRow;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.CapacityProvider;
import dev.roadstead.control.ecs.table.CapacityProviderBuilder;
import dev.roadstead.control.ecs.table.CapacityProviders;
import dev.roadstead.engine.table.Change;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every refusal of the operations on capacity providers.
class CapacityRulesTest {
  private static final String TABLE =
      """
      CreateCapacityProvider {}
      InvalidParameterException: The specified capacity provider name is invalid

      CreateCapacityProvider {"name": "FargateLike"}
      InvalidParameterException: The specified capacity provider name is invalid

      CreateCapacityProvider {"name": "a b"}
      InvalidParameterException: The specified capacity provider name is invalid

      CreateCapacityProvider {"name": "fill(256)"}
      InvalidParameterException: The specified capacity provider name is invalid

      CreateCapacityProvider {"name": "new"}
      InvalidParameterException: Specify either autoScalingGroupProvider or \
      managedInstancesProvider.

      CreateCapacityProvider {"name": "new", "managedInstancesProvider": {}}
      UnsupportedFeatureException: managedInstancesProvider is not supported yet by Roadstead.

      CreateCapacityProvider {"name": "new", "autoScalingGroupProvider": {}}
      InvalidParameterException: autoScalingGroupArn can not be blank.

      New "managedDraining": "MAYBE"}}
      InvalidParameterException: Invalid value 'MAYBE' for managedDraining: it should be one of \
      [ENABLED,DISABLED].

      New "managedTerminationProtection": "ENABLED"}}
      InvalidParameterException: To enable managed termination protection for a capacity \
      provider, managed scaling must be enabled

      New "managedScaling": {"minimumScalingStepSize": 3, "maximumScalingStepSize": 2}}}
      InvalidParameterException: The minimum or maximum scaling step size value is invalid

      New "managedScaling": {"maximumScalingStepSize": 10001}}}
      InvalidParameterException: The minimum or maximum scaling step size value is invalid

      New "managedScaling": {"targetCapacity": 0}}}
      InvalidParameterException: targetCapacity must be between 1 and 100.

      New "managedScaling": {"targetCapacity": 101}}}
      InvalidParameterException: targetCapacity must be between 1 and 100.

      New "managedScaling": {"instanceWarmupPeriod": 10001}}}
      InvalidParameterException: instanceWarmupPeriod must be between 0 and 10000.

      CreateCapacityProvider {"name": "group", \
      "autoScalingGroupProvider": {"autoScalingGroupArn": "other"}}
      ClientException: The specified capacity provider already exists. To change the \
      configuration of an existing capacity provider, update the capacity provider.

      UpdateCapacityProvider {"name": "unknown"}
      ClientException: The specified capacity provider does not exist. Specify a valid name or \
      ARN and try again.

      UpdateCapacityProvider {"name": "FARGATE"}
      ClientException: The specified capacity provider does not exist. Specify a valid name or \
      ARN and try again.

      UpdateCapacityProvider {"name": "group"}
      InvalidParameterException: Specify either autoScalingGroupProvider or \
      managedInstancesProvider.

      UpdateCapacityProvider {"name": "group", "autoScalingGroupProvider": \
      {"managedScaling": {"targetCapacity": 101}}}
      InvalidParameterException: targetCapacity must be between 1 and 100.

      UpdateCapacityProvider {"name": "group", "managedInstancesProvider": {}}
      UnsupportedFeatureException: managedInstancesProvider is not supported yet by Roadstead.

      DeleteCapacityProvider {}
      InvalidParameterException: Capacity provider can not be blank.

      DeleteCapacityProvider {"capacityProvider": "unknown"}
      ClientException: The specified capacity provider does not exist. Specify a valid name or \
      ARN and try again.

      DeleteCapacityProvider {"capacityProvider": "FARGATE_SPOT"}
      ClientException: The FARGATE and FARGATE_SPOT capacity providers are reserved and can't be \
      deleted.

      DeleteCapacityProvider {"capacityProvider": "group"}
      ClientException: The capacity provider cannot be deleted because it is associated with \
      cluster: default. Remove the capacity provider from the cluster and try again.

      DescribeCapacityProviders {"capacityProviders": list(101 of "p#")}
      InvalidParameterException: Capacity providers cannot have more than 100 elements.

      DescribeCapacityProviders {"include": ["ALL"]}
      InvalidParameterException: include should be one of [TAGS]
      """;

  static Stream<RuleRow> rules() {
    return RuleRow.table(
        TABLE,
        Map.of(
            "New",
            "CreateCapacityProvider {\"name\": \"new\", \"autoScalingGroupProvider\":"
                + " {\"autoScalingGroupArn\": \"g\", %s"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void refuses(RuleRow rule) {
    rule.check(world());
  }

  @Test
  void providersAreLimited() {
    World world = world();
    CapacityProvider group = CapacityProviders.require(world.state(), World.scope(), "group");
    List<Change> many =
        IntStream.range(1, CreateCapacityProvider.PROVIDERS_MAX)
            .mapToObj(i -> CapacityProviderBuilder.builder(group).name("p" + i).build())
            .map(CapacityProviders::put)
            .toList();
    new RuleRow(
            "CreateCapacityProvider",
            "{\"name\": \"new\","
                + " \"autoScalingGroupProvider\": {\"autoScalingGroupArn\": \"g\"}}",
            "LimitExceededException: The limit for capacity providers was exceeded.")
        .check(world.apply(many));
  }

  private static World world() {
    World world = RuleRow.world();
    RuleRow.perform(
        world,
        "CreateCapacityProvider {\"name\": \"group\","
            + " \"autoScalingGroupProvider\": {\"autoScalingGroupArn\": \"g\"}}");
    RuleRow.perform(world, "CreateCluster {\"capacityProviders\": [\"group\"]}");
    return world;
  }
}
