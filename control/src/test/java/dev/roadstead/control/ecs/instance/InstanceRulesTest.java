package dev.roadstead.control.ecs.instance;

import dev.roadstead.control.Rows;
import dev.roadstead.control.RuleRow;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every refusal of the operations on container instances and attributes that clients call.
class InstanceRulesTest {
  private static final Map<String, String> SHORTS =
      Map.of(
          "Put", "PutAttributes {\"attributes\": %s}",
          "Delete", "DeleteAttributes {\"attributes\": %s}",
          "State", "UpdateContainerInstancesState {\"containerInstances\": %s}",
          "Find", "ListContainerInstances {\"filter\": \"%s\"}");

  private static final String TABLE =
      """
      Put []
      InvalidParameterException: Attributes cannot be empty.

      Put list(11 of {"name": "n#", "targetId": "one"})
      InvalidParameterException: Attributes cannot have more than 10 elements.

      Put [{"name": "n"}]
      InvalidParameterException: targetId can not be blank.

      Put [{"name": "n", "targetId": "one", "targetType": "cluster"}]
      InvalidParameterException: targetType 'cluster' should be one of [container-instance]

      Put [{"name": "n", "targetId": "other"}]
      TargetNotFoundException: The specified target wasn't found: other

      Put [{"name": "n", "targetId": "gone"}]
      TargetNotFoundException: The specified target wasn't found: gone

      Put [{"targetId": "one"}]
      InvalidParameterException: Attribute name 'null' is invalid.

      Put [{"name": "a b", "targetId": "one"}]
      InvalidParameterException: Attribute name 'a b' is invalid.

      Put [{"name": "ecs.os-type", "targetId": "one"}]
      InvalidParameterException: Attribute name 'ecs.os-type' is reserved: it starts with 'ecs.' \
      or 'com.amazonaws.'.

      Put [{"name": "com.amazonaws.x", "targetId": "one"}]
      InvalidParameterException: Attribute name 'com.amazonaws.x' is reserved: it starts with \
      'ecs.' or 'com.amazonaws.'.

      Put [{"name": "n", "value": " v", "targetId": "one"}]
      InvalidParameterException: The value of attribute 'n' is invalid.

      Put [{"name": "n", "value": "fill(129)", "targetId": "one"}]
      InvalidParameterException: The value of attribute 'n' is invalid.

      Put list(10 of {"name": "n#", "targetId": "one"})
      AttributeLimitExceededException: You can apply up to 10 custom attributes for each resource.

      Delete []
      InvalidParameterException: Attributes cannot be empty.

      Delete [{"targetId": "one"}]
      InvalidParameterException: Attribute name can not be blank.

      Delete [{"name": "ecs.os-type", "targetId": "one"}]
      InvalidParameterException: Attribute 'ecs.os-type' is reserved and can not be deleted.

      Delete [{"name": "n", "targetId": "other"}]
      TargetNotFoundException: The specified target wasn't found: other

      ListAttributes {}
      InvalidParameterException: targetType should be one of [container-instance]

      ListAttributes {"targetType": "cluster"}
      InvalidParameterException: targetType should be one of [container-instance]

      ListAttributes {"targetType": "container-instance", "attributeValue": "v"}
      InvalidParameterException: attributeName is required when attributeValue is given.

      DescribeContainerInstances {}
      InvalidParameterException: Container Instances cannot be empty.

      DescribeContainerInstances {"containerInstances": list(101 of "i#")}
      InvalidParameterException: Container Instances cannot have more than 100 elements.

      DescribeContainerInstances {"containerInstances": ["one"], "include": ["ALL"]}
      InvalidParameterException: include should be one of [CONTAINER_INSTANCE_HEALTH,TAGS]

      ListContainerInstances {"status": "LOST"}
      InvalidParameterException: status should be one of \
      [ACTIVE,DEREGISTERING,DRAINING,REGISTERING,REGISTRATION_FAILED]

      Find attribute:zone ==
      InvalidParameterException: Invalid placement expression: a value is missing at position 18.

      Find planet == mars
      InvalidParameterException: Invalid placement expression: unknown subject planet at \
      position 1.

      UpdateContainerInstancesState {"status": "DRAINING"}
      InvalidParameterException: Container Instances cannot be empty.

      UpdateContainerInstancesState {"containerInstances": list(11 of "i#"), "status": "ACTIVE"}
      InvalidParameterException: Container Instances cannot have more than 10 elements.

      State ["one"], "status": "INACTIVE"
      InvalidParameterException: Container instance status should be one of [ACTIVE, DRAINING]

      State ["one"]
      InvalidParameterException: Container instance status should be one of [ACTIVE, DRAINING]

      UpdateContainerAgent {}
      InvalidParameterException: Container Instance can not be blank.

      UpdateContainerAgent {"containerInstance": "other"}
      InvalidParameterException: Referenced container instance other not found.

      UpdateContainerAgent {"containerInstance": "one"}
      NoUpdateAvailableException: There is no update available for this container agent.
      """;

  static Stream<RuleRow> rules() {
    return RuleRow.table(TABLE, SHORTS);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void refuses(RuleRow rule) {
    World world = RuleRow.world();
    RuleRow.perform(world, "CreateCluster {}");
    ContainerInstance gone =
        ContainerInstanceBuilder.builder(Rows.instance("gone"))
            .status(ContainerInstance.INACTIVE)
            .inactiveAt(world.now())
            .build();
    world.apply(
        List.of(ContainerInstances.create(Rows.instance("one")), ContainerInstances.create(gone)));
    RuleRow.perform(
        world, "PutAttributes {\"attributes\": [{\"name\": \"own\", \"targetId\": \"one\"}]}");
    rule.check(world);
  }
}
