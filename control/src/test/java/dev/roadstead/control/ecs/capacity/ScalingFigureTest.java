package dev.roadstead.control.ecs.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.Rows;
import dev.roadstead.control.RuleRow;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.service.ServiceController;
import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.CapacityProvider;
import dev.roadstead.control.ecs.table.CapacityProviders;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.task.WaitingTaskController;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.CreateTaskSetResponse;

/// `CapacityProviderReservation`, M / N x 100, where N instances are registered and M are needed.
/// Source: ECS developer guide, "Automatically manage Amazon ECS capacity with cluster auto
/// scaling". Each task takes half of an instance's memory.
class ScalingFigureTest {
  private static final String STRATEGY =
      "\"capacityProviderStrategy\": [{\"capacityProvider\": \"group\", \"weight\": 1}]";

  private final World world =
      RuleRow.world().with(new ServiceController()).with(new WaitingTaskController());

  ScalingFigureTest() {
    perform(
        "CreateCapacityProvider {\"name\": \"group\", \"autoScalingGroupProvider\":"
            + "{\"autoScalingGroupArn\": \"g\", \"managedScaling\": {\"status\": \"ENABLED\","
            + "\"minimumScalingStepSize\": 2, \"maximumScalingStepSize\": 5}}}");
    perform("CreateCluster {\"capacityProviders\": [\"group\"]}");
    define("half", 2048);
    define("small", 16);
  }

  private Object perform(String call) {
    return RuleRow.perform(world, call);
  }

  private void define(String family, int memoryMib) {
    perform(
        "RegisterTaskDefinition {\"family\": \"%s\", \"containerDefinitions\":".formatted(family)
            + "[{\"name\": \"a\", \"image\": \"b\", \"memory\": %d}]}".formatted(memoryMib));
  }

  private void join(String... ids) {
    for (String id : ids) {
      ContainerInstance row =
          ContainerInstanceBuilder.builder(Rows.instance(id))
              .attributes(List.of(new Attribute(ContainerInstance.CAPACITY_PROVIDER, "group")))
              .build();
      world.apply(List.of(ContainerInstances.create(row))).settle();
    }
  }

  private void run(int count) {
    perform(
        "RunTask {\"taskDefinition\": \"half\", \"count\": %d, ".formatted(count) + STRATEGY + "}");
  }

  private void figure(int instances, int needed, int waiting, int percent) {
    Cluster cluster = world.state().get(Clusters.TABLE, World.scope().key("default"));
    CapacityProvider provider =
        Objects.requireNonNull(CapacityProviders.find(world.state(), World.scope(), "group"));
    ScalingFigure figure = ScalingFigure.of(world.state(), cluster, provider);
    assertThat(figure).isEqualTo(new ScalingFigure(instances, needed, waiting));
    assertThat(figure.reservationPercent()).isEqualTo(percent);
  }

  @Test
  void withoutInstancesItIs100OrWithDemand200() {
    figure(0, 0, 0, 100);
    run(1);
    figure(0, 2, 1, 200);
  }

  @Test
  void whileNothingWaitsThoseInUseAreNeeded() {
    join("i1", "i2", "i3", "i4");
    figure(4, 0, 0, 0);
    run(1);
    figure(4, 1, 0, 25);
    run(7);
    figure(4, 4, 0, 100);
  }

  @Test
  void whatWaitsNeedsMoreWithinTheSteps() {
    join("i1");
    run(2);
    figure(1, 1, 0, 100);
    run(1);
    figure(1, 3, 1, 300);
    run(5);
    figure(1, 4, 6, 400);
    run(10);
    figure(1, 6, 16, 600);
    join("i2");
    figure(2, 7, 14, 350);
  }

  @Test
  void whatFitsNoInstanceIsLeftOut() {
    join("i1");
    define("large", 100_000);
    perform("RunTask {\"taskDefinition\": \"large\", \"count\": 10, " + STRATEGY + "}");
    figure(1, 3, 10, 300);
  }

  @Test
  void daemonsNeedNoInstanceOfTheirOwn() {
    join("i1", "i2");
    perform(
        "CreateService {\"serviceName\": \"every\", \"taskDefinition\": \"small\","
            + "\"schedulingStrategy\": \"DAEMON\"}");
    figure(2, 0, 0, 0);
    run(1);
    figure(2, 1, 0, 50);
  }

  @Test
  void tasksThatServicesLackCount() {
    join("i1");
    perform(
        "CreateService {\"serviceName\": \"web\", \"taskDefinition\": \"half\","
            + "\"desiredCount\": 8, "
            + STRATEGY
            + "}");
    figure(1, 4, 6, 400);
  }

  @Test
  void tasksThatTaskSetsLackCount() {
    join("i1");
    perform(
        "CreateService {\"serviceName\": \"web\", \"desiredCount\": 8,"
            + "\"deploymentController\": {\"type\": \"EXTERNAL\"}}");
    var set =
        (CreateTaskSetResponse)
            perform(
                "CreateTaskSet {\"service\": \"web\", \"taskDefinition\": \"half\","
                    + "\"scale\": {\"value\": 75, \"unit\": \"PERCENT\"}, "
                    + STRATEGY
                    + "}");
    figure(1, 3, 4, 300);
    perform(
        "DeleteTaskSet {\"service\": \"web\", \"taskSet\": \"%s\", \"force\": true}"
            .formatted(set.taskSet().id()));
    world.settle();
    figure(1, 1, 0, 100);
  }
}
