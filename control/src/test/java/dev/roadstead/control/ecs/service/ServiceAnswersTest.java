package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.Services;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;

/// What is described and listed of services.
@SuppressWarnings("unchecked") // the SDK takes varargs of consumers of builders
class ServiceAnswersTest {
  @Test
  void describesWhatWasSent() {
    Stage stage =
        Stage.open()
            .roomy()
            .create(
                one ->
                    one.launchType("EC2")
                        .placementConstraints(
                            two -> two.type("memberOf").expression("attribute:x !exists"))
                        .placementStrategy(two -> two.type("spread").field("host"))
                        .healthCheckGracePeriodSeconds(7)
                        .availabilityZoneRebalancing("ENABLED")
                        .enableExecuteCommand(true)
                        .enableECSManagedTags(true)
                        .propagateTags("SERVICE")
                        .tags(two -> two.key("k").value("v"))
                        .deploymentController(two -> two.type("ECS"))
                        .deploymentConfiguration(
                            two ->
                                two.minimumHealthyPercent(50)
                                    .maximumPercent(150)
                                    .deploymentCircuitBreaker(
                                        three -> three.enable(true).rollback(true))));
    var sent = stage.described();
    assertThat(sent.placementConstraints().getFirst().expression())
        .isEqualTo("attribute:x !exists");
    assertThat(sent.placementStrategy().getFirst().field()).isEqualTo("host");
    assertThat(sent.healthCheckGracePeriodSeconds()).isEqualTo(7);
    assertThat(sent.availabilityZoneRebalancingAsString()).isEqualTo("ENABLED");
    assertThat(sent.enableExecuteCommand()).isTrue();
    assertThat(sent.enableECSManagedTags()).isTrue();
    assertThat(sent.propagateTagsAsString()).isEqualTo("SERVICE");
    assertThat(sent.deploymentController().typeAsString()).isEqualTo("ECS");
    assertThat(sent.deploymentConfiguration().minimumHealthyPercent()).isEqualTo(50);
    assertThat(sent.deploymentConfiguration().maximumPercent()).isEqualTo(150);
    assertThat(sent.deploymentConfiguration().deploymentCircuitBreaker().enable()).isTrue();
    assertThat(sent.schedulingStrategyAsString()).isEqualTo("REPLICA");
    assertThat(sent.launchTypeAsString()).isEqualTo("EC2");
    assertThat(sent.hasTags()).isFalse();
    assertThat(stage.describe(one -> one.includeWithStrings("TAGS")).services().getFirst().tags())
        .hasSize(1);
    assertThat(sent.serviceArn())
        .isEqualTo("arn:aws:ecs:eu-central-1:123456789012:service/default/web");

    stage.update(
        one ->
            one.placementConstraints(List.of())
                .healthCheckGracePeriodSeconds(9)
                .deploymentConfiguration(two -> two.maximumPercent(200)));
    var changed = stage.described();
    assertThat(changed.placementConstraints()).isEmpty();
    assertThat(changed.placementStrategy()).isEqualTo(sent.placementStrategy());
    assertThat(changed.healthCheckGracePeriodSeconds()).isEqualTo(9);
    assertThat(changed.deploymentConfiguration().minimumHealthyPercent()).isEqualTo(50);
    assertThat(changed.deploymentConfiguration().maximumPercent()).isEqualTo(200);
    assertThat(changed.deployments()).hasSize(1);
  }

  @Test
  void listsActiveServicesByTen() {
    Stage stage = Stage.open().roomy();
    for (int i = 0; i < 12; i++) {
      String name = "s" + (100 + i);
      stage.create(one -> one.serviceName(name).desiredCount(0));
    }
    stage.create(one -> one.desiredCount(0)).delete(false);
    var first = stage.world.call(new ListServices(), ListServicesRequest.builder().build());
    assertThat(first.serviceArns()).hasSize(10);
    var last =
        stage.world.call(
            new ListServices(), ListServicesRequest.builder().nextToken(first.nextToken()).build());
    assertThat(last.serviceArns()).hasSize(2);
    assertThat(last.nextToken()).isNull();
    assertThat(list(stage, one -> one.launchType("EXTERNAL"))).isEmpty();
    assertThat(list(stage, one -> one.schedulingStrategy("DAEMON"))).isEmpty();
    assertThat(list(stage, one -> one.schedulingStrategy("REPLICA").maxResults(100))).hasSize(12);
    assertThat(
            stage.world.state().value(Services.BY_CLUSTER, World.scope().key("default")).active())
        .isEqualTo(12);
  }

  private static List<String> list(Stage stage, Consumer<ListServicesRequest.Builder> more) {
    return stage
        .world
        .call(new ListServices(), ListServicesRequest.builder().applyMutation(more).build())
        .serviceArns();
  }

  @Test
  void describesByNameAndArnAndNamesWhatIsMissing() {
    Stage stage = Stage.open().roomy().create(_ -> {});
    String arn = stage.described().serviceArn();
    Map<String, Integer> found = new TreeMap<>();
    for (String name : List.of(arn, arn.replace("default/", ""), arn.replace("default", "x"))) {
      found.put(name, stage.describe(one -> one.services(name)).services().size());
    }
    assertThat(found.values()).containsExactlyInAnyOrder(1, 1, 0);
    assertThat(stage.describe(one -> one.services("nope")).failures().getFirst().arn())
        .isEqualTo("arn:aws:ecs:eu-central-1:123456789012:service/default/nope");
    assertThat(
            stage
                .world
                .refusal(new DescribeServices(), DescribeServicesRequest.builder().build())
                .error()
                .message())
        .isEqualTo("Services cannot be empty.");
    assertThat(
            stage
                .world
                .refusal(
                    new DescribeServices(),
                    DescribeServicesRequest.builder()
                        .services(Collections.nCopies(11, "x"))
                        .build())
                .error()
                .message())
        .isEqualTo("Services cannot have more than 10 elements.");
  }
}
