package dev.roadstead.control.ecs.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.Rows;
import dev.roadstead.control.Stage;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Reservation;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.Attribute;
import software.amazon.awssdk.services.ecs.model.DeleteAttributesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.ListAttributesRequest;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.PutAttributesRequest;
import software.amazon.awssdk.services.ecs.model.Resource;
import software.amazon.awssdk.services.ecs.model.UpdateContainerAgentRequest;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateRequest;

final class InstanceOperationsTest {
  private final World world = Stage.world().with(new InstanceReaper());

  @BeforeEach
  void threeInstances() {
    for (String id : List.of("a", "b", "c")) {
      world.apply(List.of(ContainerInstances.create(Rows.instance(id))));
    }
    var gone =
        ContainerInstanceBuilder.builder(Rows.instance("gone"))
            .status("INACTIVE")
            .inactiveAt(world.now())
            .build();
    var task =
        TaskBuilder.builder(Stage.task("t1", Rows.definition("web", 1), Rows.instance("a")))
            .reservation(new Reservation(256, 128, List.of(8080), List.of(53), 0))
            .build();
    world.apply(List.of(ContainerInstances.create(gone), Tasks.create(task)));
  }

  @Test
  void describesWhatIsLeftAndWhichPortsAreUsed() {
    var answer =
        world.call(
            new DescribeContainerInstances(),
            DescribeContainerInstancesRequest.builder()
                .containerInstances("a", "missing", "gone")
                .includeWithStrings("CONTAINER_INSTANCE_HEALTH")
                .build());

    var a = answer.containerInstances().getFirst();
    assertThat(a.remainingResources())
        .extracting(Resource::integerValue)
        .startsWith(2048 - 256, 4096 - 128);
    assertThat(a.remainingResources().get(2).stringSetValue()).containsExactly("22", "8080");
    assertThat(a.remainingResources().get(3).stringSetValue()).containsExactly("53");
    assertThat(a.registeredResources().get(2).stringSetValue()).containsExactly("22");
    assertThat(a.pendingTasksCount()).isEqualTo(1);
    assertThat(a.healthStatus().overallStatusAsString()).isEqualTo("INSUFFICIENT_DATA");
    assertThat(answer.containerInstances().get(1).status()).isEqualTo("INACTIVE");
    assertThat(answer.failures().getFirst().reason()).isEqualTo("MISSING");
    assertThat(answer.failures().getFirst().arn()).endsWith("container-instance/default/missing");
    assertThat(
            world
                .refusal(
                    new DescribeContainerInstances(),
                    DescribeContainerInstancesRequest.builder().build())
                .error()
                .message())
        .isEqualTo("Container Instances cannot be empty.");
  }

  @Test
  void listsByStatusAndFilterAndPage() {
    drain("b");
    assertThat(list(ListContainerInstancesRequest.builder())).hasSize(3);
    assertThat(list(ListContainerInstancesRequest.builder().status("DRAINING")))
        .containsExactly(arn("b"));
    assertThat(
            list(
                ListContainerInstancesRequest.builder()
                    .filter("attribute:ecs.availability-zone == eu-central-1b")))
        .isEmpty();
    assertThat(
            list(
                ListContainerInstancesRequest.builder()
                    .filter("attribute:ecs.availability-zone == eu-central-1a")))
        .hasSize(3);
    List<String> paged = new ArrayList<>();
    String token = null;
    do {
      var page =
          world.call(
              new ListContainerInstances(),
              ListContainerInstancesRequest.builder().maxResults(2).nextToken(token).build());
      paged.addAll(page.containerInstanceArns());
      token = page.nextToken();
    } while (token != null);
    assertThat(paged).containsExactly(arn("a"), arn("b"), arn("c"));
  }

  @Test
  void drainsAndTellsWhatItCouldNot() {
    var answer = drain("a", "missing", "gone");

    assertThat(answer).containsExactly("MISSING", "INACTIVE");
    assertThat(world.state().get(ContainerInstances.TABLE, key("a")).status())
        .isEqualTo("DRAINING");
    assertThat(
            world
                .refusal(
                    new UpdateContainerInstancesState(),
                    UpdateContainerInstancesStateRequest.builder()
                        .containerInstances("a")
                        .status("INACTIVE")
                        .build())
                .error()
                .message())
        .isEqualTo("Container instance status should be one of [ACTIVE, DRAINING]");
  }

  @Test
  void setsListsAndDeletesAttributes() {
    world.call(new PutAttributes(), put("a", attribute("stack", "blue")));
    world.call(new PutAttributes(), put(arn("b"), attribute("stack", "green")));

    assertThat(attributes("stack", null)).hasSize(2);
    assertThat(attributes("stack", "green"))
        .containsExactly(attribute("stack", "green").targetId(arn("b")).build());
    world.call(
        new DeleteAttributes(),
        DeleteAttributesRequest.builder()
            .attributes(Attribute.builder().name("stack").targetId(arn("a")).build())
            .build());
    assertThat(attributes("stack", null)).hasSize(1);
  }

  @Test
  void refusesBadAttributes() {
    assertThat(refusal(put("nobody", attribute("a", "b")))).isEqualTo("TargetNotFoundException");
    assertThat(refusal(put("gone", attribute("a", "b")))).isEqualTo("TargetNotFoundException");
    assertThat(refusal(put("a", attribute("ecs.os-type", "b"))))
        .isEqualTo("InvalidParameterException");
    assertThat(refusal(put("a", attribute("a b", "c")))).isEqualTo("InvalidParameterException");
    assertThat(refusal(put("a", attribute("a", " c")))).isEqualTo("InvalidParameterException");
    for (int i = 0; i < Attributes.CUSTOM_MAX; i++) {
      world.call(new PutAttributes(), put("a", attribute("n" + i, "v")));
    }
    assertThat(refusal(put("a", attribute("n10", "v"))))
        .isEqualTo("AttributeLimitExceededException");
  }

  @Test
  void hasNoUpdateOfAnAgent() {
    assertThat(
            world
                .refusal(
                    new UpdateContainerAgent(),
                    UpdateContainerAgentRequest.builder().containerInstance("a").build())
                .error()
                .code())
        .isEqualTo("NoUpdateAvailableException");
  }

  private List<String> drain(String... ids) {
    return world
        .call(
            new UpdateContainerInstancesState(),
            UpdateContainerInstancesStateRequest.builder()
                .containerInstances(ids)
                .status("DRAINING")
                .build())
        .failures()
        .stream()
        .map(failure -> failure.reason())
        .toList();
  }

  private List<String> list(ListContainerInstancesRequest.Builder request) {
    return world.call(new ListContainerInstances(), request.build()).containerInstanceArns();
  }

  private List<Attribute> attributes(String name, @org.jspecify.annotations.Nullable String value) {
    return world
        .call(
            new ListAttributes(),
            ListAttributesRequest.builder()
                .targetType("container-instance")
                .attributeName(name)
                .attributeValue(value)
                .build())
        .attributes();
  }

  private String refusal(PutAttributesRequest request) {
    return world.refusal(new PutAttributes(), request).error().code();
  }

  @Test
  void forgetsInstancesDeregisteredADayAgo() {
    world.pass(ContainerInstances.INACTIVE_RETENTION.minus(Duration.ofSeconds(1))).settle();
    assertThat(world.state().find(ContainerInstances.TABLE, key("gone"))).isNotNull();

    world.pass(Duration.ofSeconds(1)).settle();

    assertThat(world.state().find(ContainerInstances.TABLE, key("gone"))).isNull();
    assertThat(world.state().all(ContainerInstances.TABLE)).hasSize(3);
  }

  private static Attribute.Builder attribute(String name, String value) {
    return Attribute.builder().name(name).value(value);
  }

  private static PutAttributesRequest put(String target, Attribute.Builder attribute) {
    return PutAttributesRequest.builder()
        .attributes(attribute.targetId(target).targetType("container-instance").build())
        .build();
  }

  private static String key(String id) {
    return World.scope().key("default", id);
  }

  private static String arn(String id) {
    return World.scope().arn("ecs", "container-instance/default/" + id).toString();
  }
}
