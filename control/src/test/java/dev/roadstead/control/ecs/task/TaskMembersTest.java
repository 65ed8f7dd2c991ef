package dev.roadstead.control.ecs.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.Members;
import dev.roadstead.control.Probe;
import dev.roadstead.control.Rows;
import dev.roadstead.control.Stage;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.api.Tag;
import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.TaskDefinitionBuilder;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.PlacementStrategy;
import software.amazon.awssdk.services.ecs.model.ResourceRequirement;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.StartTaskRequest;
import software.amazon.awssdk.services.ecs.model.TaskOverride;

/// Every member of RunTask and StartTask comes back from DescribeTasks as it was sent, has its
/// effect there, or is refused. The members are the model's: a new one is probed when the SDK is
/// updated, and has to be entered here when it is accepted.
class TaskMembersTest {
  private static final Set<String> BOTH =
      Set.of(
          "cluster",
          "enableECSManagedTags",
          "enableExecuteCommand",
          "group",
          "overrides.containerOverrides.command",
          "overrides.containerOverrides.cpu",
          "overrides.containerOverrides.environment.name",
          "overrides.containerOverrides.environment.value",
          "overrides.containerOverrides.environmentFiles.type",
          "overrides.containerOverrides.environmentFiles.value",
          "overrides.containerOverrides.memory",
          "overrides.containerOverrides.memoryReservation",
          "overrides.containerOverrides.name",
          "overrides.containerOverrides.resourceRequirements.type",
          "overrides.containerOverrides.resourceRequirements.value",
          "overrides.cpu",
          "overrides.ephemeralStorage.sizeInGiB",
          "overrides.executionRoleArn",
          "overrides.memory",
          "overrides.taskRoleArn",
          "propagateTags",
          "referenceId",
          "startedBy",
          "tags.key",
          "tags.value",
          "taskDefinition");

  @Test
  void runTaskShowsOrRefusesEveryMember() {
    assertThat(new Run().accepted())
        .containsExactlyInAnyOrderElementsOf(
            and(
                "clientToken",
                "count",
                "launchType",
                "placementConstraints.expression",
                "placementConstraints.type",
                "placementStrategy.field",
                "placementStrategy.type"));
  }

  @Test
  void startTaskShowsOrRefusesEveryMember() {
    assertThat(new Start().accepted())
        .containsExactlyInAnyOrderElementsOf(and("containerInstances"));
  }

  private static List<String> and(String... more) {
    return Stream.concat(BOTH.stream(), Stream.of(more)).toList();
  }

  private static World world() {
    World world = Stage.world();
    return world.apply(
        List.of(
            ContainerInstances.create(
                ContainerInstanceBuilder.builder(Rows.instance("one"))
                    .gpuIds(List.of("gpu"))
                    .attributes(
                        List.of(
                            new Attribute("ecs.availability-zone", "eu-central-1a"),
                            new Attribute("ecs.capability.external", null)))
                    .build()),
            TaskDefinitions.put(Rows.definition("web", 1)),
            TaskDefinitions.put(
                TaskDefinitionBuilder.builder(Rows.definition("web", 2))
                    .tags(List.of(new Tag("from", "definition")))
                    .build())));
  }

  private static DescribeTasksResponse described(
      World world, List<software.amazon.awssdk.services.ecs.model.Task> tasks) {
    assertThat(tasks).isNotEmpty();
    return world.call(
        new DescribeTasks(TaskHistory.NONE),
        DescribeTasksRequest.builder()
            .tasks(
                tasks.stream()
                    .map(software.amazon.awssdk.services.ecs.model.Task::taskArn)
                    .toList())
            .includeWithStrings("TAGS")
            .build());
  }

  private static @Nullable List<Object> values(String path) {
    return switch (path) {
      case "cluster" -> List.of("default");
      case "count" -> List.of(1, 3);
      case "containerInstances" -> List.of("one");
      case "taskDefinition" -> List.of("web:1");
      case "overrides.containerOverrides.name" -> List.of("web");
      case "overrides.containerOverrides.environmentFiles.value" ->
          List.of("arn:aws:s3:::bucket/file.env");
      case "overrides.containerOverrides.resourceRequirements.value" -> List.of("1", "none");
      case "overrides.cpu", "overrides.memory" -> List.of("512");
      case "overrides.ephemeralStorage.sizeInGiB" -> List.of(21);
      case "overrides.taskRoleArn", "overrides.executionRoleArn" ->
          List.of("arn:aws:iam::123456789012:role/other");
      case "placementStrategy.field" -> List.of("host");
      case "placementConstraints.expression" ->
          List.of("attribute:ecs.availability-zone == eu-central-1a");
      default -> null;
    };
  }

  private static boolean shows(SdkPojo answer, String path, Object sent) {
    var all = ((DescribeTasksResponse) answer).tasks();
    var shown = all.getFirst();
    return switch (path) {
      case "clientToken" -> true; // only tells a repeat from another request
      case "referenceId" -> true; // nothing of the model shows it
      case "placementStrategy.field",
          "placementStrategy.type",
          "placementConstraints.expression",
          "placementConstraints.type" ->
          true; // chose the instance; tasks do not show them
      case "cluster" -> shown.clusterArn().endsWith("cluster/" + sent);
      case "count" -> all.size() == (int) sent;
      case "containerInstances" -> shown.containerInstanceArn().endsWith("/" + sent);
      case "taskDefinition" -> shown.taskDefinitionArn().endsWith("task-definition/" + sent);
      case "enableECSManagedTags" ->
          Members.at(shown, "tags.key").contains("aws:ecs:clusterName") == (boolean) sent;
      case "propagateTags" ->
          Members.at(shown, "tags.key").contains("from") == sent.equals("TASK_DEFINITION");
      default -> Members.at(shown, path).contains(sent);
    };
  }

  private static @Nullable TaskOverride overrides(String path) {
    if (!path.startsWith("overrides.containerOverrides")) {
      return null;
    }
    return TaskOverride.builder()
        .containerOverrides(
            software.amazon.awssdk.services.ecs.model.ContainerOverride.builder()
                .name("web")
                .resourceRequirements(gpu(path))
                .build())
        .build();
  }

  private static List<ResourceRequirement> gpu(String path) {
    return path.contains("resourceRequirements")
        ? List.of(ResourceRequirement.builder().type("GPU").value("1").build())
        : List.of();
  }

  private static List<software.amazon.awssdk.services.ecs.model.Tag> tags(String path) {
    return path.startsWith("tags")
        ? List.of(software.amazon.awssdk.services.ecs.model.Tag.builder().key("some").build())
        : List.of();
  }

  private static final class Run extends Probe<RunTaskRequest> {
    @Override
    protected RunTaskRequest base(String path) {
      RunTaskRequest.Builder one =
          RunTaskRequest.builder()
              .taskDefinition("web:2")
              .overrides(overrides(path))
              .tags(tags(path));
      if (path.startsWith("placementConstraints")) {
        one.placementConstraints(PlacementConstraint.builder().type("memberOf").build());
      }
      if (path.equals("placementStrategy.field")) {
        one.placementStrategy(PlacementStrategy.builder().type("spread").build());
      }
      return one.build();
    }

    @Override
    protected @Nullable List<Object> samples(String path) {
      return values(path);
    }

    @Override
    protected SdkPojo shown(RunTaskRequest request) {
      World world = world();
      return described(world, world.call(new RunTask(), request).tasks());
    }

    @Override
    protected boolean shows(SdkPojo shown, String path, Object sent) {
      return TaskMembersTest.shows(shown, path, sent);
    }
  }

  private static final class Start extends Probe<StartTaskRequest> {
    @Override
    protected StartTaskRequest base(String path) {
      return StartTaskRequest.builder()
          .taskDefinition("web:2")
          .containerInstances("one")
          .overrides(overrides(path))
          .tags(tags(path))
          .build();
    }

    @Override
    protected @Nullable List<Object> samples(String path) {
      return values(path);
    }

    @Override
    protected SdkPojo shown(StartTaskRequest request) {
      World world = world();
      return described(world, world.call(new StartTask(), request).tasks());
    }

    @Override
    protected boolean shows(SdkPojo shown, String path, Object sent) {
      return TaskMembersTest.shows(shown, path, sent);
    }
  }
}
