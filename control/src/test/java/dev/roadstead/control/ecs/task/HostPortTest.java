package dev.roadstead.control.ecs.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.roadstead.control.Rows;
import dev.roadstead.control.RuleRow;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.node.payload.Payloads;
import dev.roadstead.control.node.payload.Template;
import dev.roadstead.link.task.Container.PortMapping;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.NetworkBinding;
import software.amazon.awssdk.services.ecs.model.Resource;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;

/// Host ports, fixed and dynamic, from the task definition to placement, agent and DescribeTasks.
final class HostPortTest {
  private static final String RANGES = "ecs.capability.network.container-port-range";

  private final World world = RuleRow.world();

  HostPortTest() {
    RuleRow.perform(world, "CreateCluster {}");
    var instance =
        ContainerInstanceBuilder.builder(Rows.instance("i1"))
            .udpPorts(List.of(123))
            .attributes(List.of(new Attribute(RANGES, null)))
            .build();
    world.apply(List.of(ContainerInstances.create(instance)));
  }

  private void define(String family, String mode, String mappings) {
    RuleRow.perform(
        world,
        "RegisterTaskDefinition {\"family\": \"%s\", \"networkMode\": \"%s\","
                .formatted(family, mode)
            + "\"containerDefinitions\": [{\"name\": \"a\", \"image\": \"b\", \"memory\": 10,"
            + "\"portMappings\": [%s]}]}".formatted(mappings));
  }

  private RunTaskResponse run(String family) {
    return (RunTaskResponse)
        RuleRow.perform(world, "RunTask {\"taskDefinition\": \"%s\"}".formatted(family));
  }

  private static String mapping(int port, String protocol) {
    return "{\"containerPort\": %d, \"hostPort\": %d, \"protocol\": \"%s\"}"
        .formatted(port, port, protocol);
  }

  /// What the instance says is taken.
  private List<String> taken(String resource) {
    var answer =
        (DescribeContainerInstancesResponse)
            RuleRow.perform(world, "DescribeContainerInstances {\"containerInstances\": [\"i1\"]}");
    return answer.containerInstances().getFirst().remainingResources().stream()
        .filter(one -> one.name().equals(resource))
        .map(Resource::stringSetValue)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aPortIsTakenPerProtocolAndTheRefusalNamesIt() {
    define("tcp", "bridge", mapping(53, "tcp"));
    define("udp", "host", mapping(53, "udp"));
    assertThat(run("tcp").tasks()).hasSize(1);
    assertThat(run("udp").tasks()).as("another protocol").hasSize(1);
    assertThat(taken("PORTS")).containsExactly("22", "53");
    assertThat(taken("PORTS_UDP")).containsExactly("53", "123");
    for (String protocol : List.of("tcp", "udp")) {
      Failure failure = run(protocol).failures().getFirst();
      assertThat(failure.reason()).isEqualTo("RESOURCE:PORTS");
      assertThat(failure.detail())
          .isEqualTo("needs host port 53/" + protocol + ", which is in use");
    }
    define("ntp", "bridge", mapping(123, "udp"));
    assertThat(run("ntp").failures().getFirst().detail())
        .as("reserved by the machine itself")
        .isEqualTo("needs host port 123/udp, which is in use");
    define("sip", "bridge", mapping(123, "tcp"));
    assertThat(run("sip").tasks()).hasSize(1);
  }

  @Test
  void dynamicPortsAndRangesTakeNoneUntilTheAgentHasChosen() {
    define(
        "dynamic",
        "bridge",
        "{\"containerPort\": 80}, {\"containerPortRange\": \"9000-9004\", \"protocol\": \"udp\"}");
    assertThat(run("dynamic").tasks()).hasSize(1);
    assertThat(run("dynamic").tasks()).as("beside it").hasSize(1);
    assertThat(taken("PORTS")).containsExactly("22");
    assertThat(taken("PORTS_UDP")).containsExactly("123");
    var row = world.state().all(Tasks.TABLE).getFirst();
    var definition = world.state().get(TaskDefinitions.TABLE, row.taskDefinitionKey());
    assertThat(Payloads.run(row, Template.read(definition)).containers().getFirst().portMappings())
        .containsExactly(
            new PortMapping(80, 0, "tcp", null), new PortMapping(null, null, "udp", "9000-9004"));
    RuleRow.perform(
        world,
        "SubmitTaskStateChange {\"task\": \"%s\", \"status\": \"RUNNING\", \"containers\":"
                .formatted(row.arn())
            + "[{\"containerName\": \"a\", \"status\": \"RUNNING\", \"networkBindings\": ["
            + "{\"bindIP\": \"0.0.0.0\", \"containerPort\": 80, \"hostPort\": 32768,"
            + " \"protocol\": \"tcp\"}, {\"bindIP\": \"0.0.0.0\", \"protocol\": \"udp\","
            + " \"containerPortRange\": \"9000-9004\", \"hostPortRange\": \"32769-32773\"}]}]}");
    var answer =
        (DescribeTasksResponse)
            RuleRow.perform(world, "DescribeTasks {\"tasks\": [\"%s\"]}".formatted(row.arn()));
    assertThat(answer.tasks().getFirst().containers().getFirst().networkBindings())
        .extracting(
            NetworkBinding::containerPort,
            NetworkBinding::hostPort,
            NetworkBinding::protocolAsString,
            NetworkBinding::containerPortRange,
            NetworkBinding::hostPortRange)
        .containsExactly(
            tuple(80, 32768, "tcp", null, null),
            tuple(null, null, "udp", "9000-9004", "32769-32773"));
  }
}
