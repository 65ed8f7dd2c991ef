package dev.roadstead.control.ecs.agent;

import dev.roadstead.control.Rows;
import dev.roadstead.control.RuleRow;
import dev.roadstead.control.Stage;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.table.Change;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every refusal of what agents call.
class AgentRulesTest {
  private static final String ARN =
      "arn:aws:ecs:" + World.REGION + ":" + World.ACCOUNT + ":container-instance/default/";

  private static final Map<String, String> SHORTS =
      Map.of(
          "Resource",
          "RegisterContainerInstance {\"totalResources\": [%s]}",
          "Again",
          "RegisterContainerInstance {\"containerInstanceArn\": \"%s\"}");

  private static final String TABLE =
      """
      RegisterContainerInstance {"clientToken": "fill(129)"}
      InvalidParameterException: clientToken is too long.

      RegisterContainerInstance {"attributes": list(501 of {"name": "a#"})}
      InvalidParameterException: Attributes cannot have more than 500 elements.

      RegisterContainerInstance {"attributes": [{"name": ""}]}
      InvalidParameterException: Attribute name '' is invalid.

      RegisterContainerInstance {"attributes": [{"name": "a", "value": "fill(1025)"}]}
      InvalidParameterException: The value of attribute 'a' is too long.

      RegisterContainerInstance {"tags": [{"key": "a#"}]}
      InvalidParameterException: The tag key 'a#' is invalid.

      Resource {"name": "CPU", "integerValue": -1}
      InvalidParameterException: Resource CPU must be an integer of at least 0.

      Resource {"name": "MEMORY"}
      InvalidParameterException: Resource MEMORY must be an integer of at least 0.

      Resource {"name": "PORTS", "stringSetValue": ["65536"]}
      InvalidParameterException: Resource PORTS has a bad port.

      Resource {"name": "PORTS_UDP", "stringSetValue": ["ssh"]}
      InvalidParameterException: Resource PORTS_UDP has a bad port.

      Resource {"name": "PORTS", "stringSetValue": list(100001 of "1")}
      InvalidParameterException: Resource PORTS has too many ports.

      Again one-not-there
      ClientException: The container instance ARN is not one of this cluster: one-not-there

      Again ARN:gone
      ClientException: The container instance ARN:gone is INACTIVE.

      Again ARN:short
      ClientException: The container instance ARN is not one of this cluster: ARN:short

      Again arn:aws:ecs:eu-central-1:123456789012:task/default/one
      ClientException: The container instance ARN is not one of this cluster: \
      arn:aws:ecs:eu-central-1:123456789012:task/default/one

      RegisterContainerInstance {"containerInstanceArn": "ARN:typed", \
      "attributes": [{"name": "ecs.instance-type", "value": "m2"}]}
      ClientException: Container instance type changes are not supported.

      DeregisterContainerInstance {}
      InvalidParameterException: Container Instance can not be blank.

      DeregisterContainerInstance {"containerInstance": "other"}
      InvalidParameterException: Referenced container instance other not found.

      DeregisterContainerInstance {"containerInstance": "busy"}
      InvalidParameterException: Found running tasks on the instance.

      DeregisterContainerInstance {"containerInstance": "busy", "force": false}
      InvalidParameterException: Found running tasks on the instance.
      """;

  static Stream<RuleRow> rules() {
    return RuleRow.table(TABLE.replace("ARN:", ARN), SHORTS);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void refuses(RuleRow rule) {
    World world = RuleRow.world();
    RuleRow.perform(world, "CreateCluster {}");
    ContainerInstance busy = Rows.instance("busy");
    world.apply(
        List.of(
            ContainerInstances.create(busy),
            ContainerInstances.create(typed()),
            ContainerInstances.create(gone(world)),
            Tasks.create(Stage.task("t", Rows.definition("web", 1), busy))));
    rule.check(world);
  }

  private static ContainerInstance typed() {
    return ContainerInstanceBuilder.builder(Rows.instance("typed"))
        .attributes(
            List.of(new dev.roadstead.control.ecs.table.Attribute("ecs.instance-type", "m1")))
        .build();
  }

  private static ContainerInstance gone(World world) {
    return ContainerInstanceBuilder.builder(Rows.instance("gone"))
        .status(ContainerInstance.INACTIVE)
        .inactiveAt(world.now())
        .build();
  }

  @Test
  void instancesAreLimited() {
    World world = RuleRow.world();
    RuleRow.perform(world, "CreateCluster {}");
    List<Change> instances =
        IntStream.range(0, RegisterContainerInstance.INSTANCES_MAX)
            .mapToObj(i -> ContainerInstances.create(Rows.instance("i" + i)))
            .toList();
    new RuleRow(
            "RegisterContainerInstance",
            "{}",
            "LimitExceededException: The limit for container instances was exceeded.")
        .check(world.apply(instances));
  }
}
