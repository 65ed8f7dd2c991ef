package dev.roadstead.control.ecs.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.Rows;
import dev.roadstead.control.Stage;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.ClusterBuilder;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceRequest;
import software.amazon.awssdk.services.ecs.model.DiscoverPollEndpointRequest;
import software.amazon.awssdk.services.ecs.model.RegisterContainerInstanceRequest;
import software.amazon.awssdk.services.ecs.model.Resource;

final class RegistrationTest {
  private final World world = Stage.world();
  private final RegisterContainerInstance register = new RegisterContainerInstance();
  private final DeregisterContainerInstance deregister = new DeregisterContainerInstance();

  @Test
  void givesBackEveryAttributeAndAddsTheZone() {
    ContainerInstance made = register(request().build(), "token-1");

    assertThat(made.attributes())
        .contains(
            Attribute.builder().name("stack").value("blue").build(),
            Attribute.builder().name("ecs.capability.full-sync").build(),
            Attribute.builder().name("ecs.availability-zone").value("eu-central-1a").build());
    assertThat(made.status()).isEqualTo("ACTIVE");
    assertThat(made.agentConnected()).isFalse();
    assertThat(made.registeredResources())
        .extracting(Resource::name)
        .containsExactly("CPU", "MEMORY", "PORTS", "PORTS_UDP");
    assertThat(made.registeredResources().get(2).stringSetValue()).containsExactly("22", "2375");
  }

  @Test
  void takesTheZoneThatTheAgentSends() {
    ContainerInstance made =
        register(
            request()
                .attributes(
                    Attribute.builder().name("ecs.availability-zone").value("rack-7").build())
                .build(),
            "token-1");

    assertThat(made.attributes()).extracting(Attribute::value).contains("rack-7");
    assertThat(made.attributes()).hasSize(1);
  }

  @Test
  void sameTokenIsTheSameInstance() {
    ContainerInstance made = register(request().build(), "token-1");

    assertThat(register(request().build(), "token-1").containerInstanceArn())
        .isEqualTo(made.containerInstanceArn());
    assertThat(register(request().build(), "token-2").containerInstanceArn())
        .isNotEqualTo(made.containerInstanceArn());
    assertThat(world.state().count(ContainerInstances.TABLE)).isEqualTo(2);
  }

  @Test
  void readsTheTokenThatThePublicModelLacks() {
    AgentRegistration read =
        (AgentRegistration)
            JsonShapes.fill(
                ("{\"cluster\":\"default\",\"clientToken\":\"token-9\",\"attributes\":"
                        + "[{\"name\":\"a\",\"value\":\"b\"}],\"totalResources\":"
                        + "[{\"name\":\"CPU\",\"type\":\"INTEGER\",\"integerValue\":1024}],"
                        + "\"versionInfo\":{\"agentVersion\":\"1.2\"}}")
                    .getBytes(StandardCharsets.UTF_8),
                new AgentRegistration());

    assertThat(read.clientToken()).isEqualTo("token-9");
    assertThat(read.request().cluster()).isEqualTo("default");
    assertThat(read.request().attributes().getFirst().value()).isEqualTo("b");
    assertThat(read.request().totalResources().getFirst().integerValue()).isEqualTo(1024);
    assertThat(read.request().versionInfo().agentVersion()).isEqualTo("1.2");
  }

  @Test
  void againWithItsArnKeepsCustomAttributesAndForgetsOldCapabilities() {
    ContainerInstance made = register(request().build(), "token-1");
    ContainerInstance again =
        register(
            request()
                .containerInstanceArn(made.containerInstanceArn())
                .attributes(Attribute.builder().name("ecs.capability.efs").build())
                .build(),
            "token-2");

    assertThat(again.containerInstanceArn()).isEqualTo(made.containerInstanceArn());
    assertThat(again.attributes())
        .extracting(Attribute::name)
        .containsExactly("ecs.availability-zone", "ecs.capability.efs", "stack");
    assertThat(again.version()).isEqualTo(2);
  }

  @Test
  void takesAnArnItDoesNotKnowButOnlyOfTheCluster() {
    String id = "0123456789abcdef0123456789abcdef";
    String arn = arn("container-instance/default/" + id);

    assertThat(register(request().containerInstanceArn(arn).build(), "t").containerInstanceArn())
        .isEqualTo(arn);
    for (String other : List.of("container-instance/other/" + id, "container-instance/default/x")) {
      assertThat(refusal(request().containerInstanceArn(arn(other)).build()))
          .isEqualTo("ClientException");
    }
  }

  @Test
  void readsTheDocumentOfTheMachineAndRefusesAnotherType() {
    String document = "{\"instanceId\":\"i-1\",\"instanceType\":\"m5.large\",\"new\":{}}";
    ContainerInstance made =
        register(request().instanceIdentityDocument(document).build(), "token-1");
    RegisterContainerInstanceRequest changed =
        request()
            .containerInstanceArn(made.containerInstanceArn())
            .instanceIdentityDocument(document.replace("m5", "c5"))
            .build();

    assertThat(made.ec2InstanceId()).isEqualTo("i-1");
    assertThat(made.attributes())
        .contains(Attribute.builder().name("ecs.instance-type").value("m5.large").build());
    assertThat(world.refusal(register, AgentRegistration.of(changed, "t")).error().message())
        .isEqualTo("Container instance type changes are not supported.");
  }

  @Test
  void refusesWhatItMust() {
    Cluster gone =
        ClusterBuilder.builder(Rows.cluster("gone"))
            .status(Cluster.INACTIVE)
            .inactiveAt(Rows.THEN)
            .build();
    world.apply(List.of(Clusters.put(gone)));

    assertThat(message(request().cluster("nowhere").build())).isEqualTo("Cluster not found.");
    assertThat(message(request().cluster("gone").build()))
        .isEqualTo("The referenced cluster was inactive.");
    assertThat(refusal(request().totalResources(resource("CPU", -1)).build()))
        .isEqualTo("InvalidParameterException");
    assertThat(
            refusal(
                request()
                    .totalResources(
                        Resource.builder().name("PORTS").stringSetValue("99999").build())
                    .build()))
        .isEqualTo("InvalidParameterException");
  }

  @Test
  void deregistersOnlyWhenEmptyOrForced() {
    ContainerInstance made = register(request().build(), "token-1");
    var row = world.state().all(ContainerInstances.TABLE).getFirst();
    var definition = Rows.definition("web", 1);
    world.apply(
        List.of(TaskDefinitions.put(definition), Tasks.create(Stage.task("t1", definition, row))));
    DeregisterContainerInstanceRequest request =
        DeregisterContainerInstanceRequest.builder()
            .containerInstance(made.containerInstanceArn())
            .build();

    assertThat(world.refusal(deregister, request).error().message())
        .isEqualTo("Found running tasks on the instance.");
    var answer = world.call(deregister, request.toBuilder().force(true).build());

    assertThat(answer.containerInstance().status()).isEqualTo("INACTIVE");
    assertThat(answer.containerInstance().runningTasksCount()).isZero();
    var task = world.state().all(Tasks.TABLE).getFirst();
    assertThat(task.lastStatus()).isEqualTo(TaskStatus.STOPPED);
    assertThat(task.stop())
        .isEqualTo(
            new StopCause("UserInitiated", "Container instance deregistration forced by user"));
    assertThat(refusal(request().containerInstanceArn(made.containerInstanceArn()).build()))
        .isEqualTo("ClientException");
    assertThat(
            world
                .refusal(deregister, request.toBuilder().containerInstance("nobody").build())
                .error()
                .message())
        .isEqualTo("Referenced container instance nobody not found.");
  }

  @Test
  void tellsWhereTheSocketsAre() {
    var answer =
        world.call(
            new DiscoverPollEndpoint(host -> "http://" + host),
            DiscoverPollEndpointRequest.builder().build());

    assertThat(answer.endpoint()).isEqualTo("http://127.0.0.1:4566/acs");
    assertThat(answer.telemetryEndpoint()).isEqualTo("http://127.0.0.1:4566/tcs");
  }

  private ContainerInstance register(
      RegisterContainerInstanceRequest request, @Nullable String token) {
    return world.call(register, AgentRegistration.of(request, token)).containerInstance();
  }

  private String refusal(RegisterContainerInstanceRequest request) {
    return world.refusal(register, AgentRegistration.of(request, "t")).error().code();
  }

  private String message(RegisterContainerInstanceRequest request) {
    return world.refusal(register, AgentRegistration.of(request, "t")).error().message();
  }

  private static String arn(String resource) {
    return World.scope().arn("ecs", resource).toString();
  }

  private static RegisterContainerInstanceRequest.Builder request() {
    return RegisterContainerInstanceRequest.builder()
        .cluster("default")
        .instanceIdentityDocument("")
        .attributes(
            Attribute.builder().name("stack").value("blue").build(),
            Attribute.builder().name("ecs.capability.full-sync").build())
        .totalResources(
            resource("CPU", 2048),
            resource("MEMORY", 4096),
            Resource.builder().name("PORTS").stringSetValue("2375", "22").build(),
            Resource.builder().name("PORTS_UDP").build());
  }

  private static Resource resource(String name, int value) {
    return Resource.builder().name(name).type("INTEGER").integerValue(value).build();
  }
}
