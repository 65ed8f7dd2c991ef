package dev.roadstead.control.ecs.taskdefinition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.Reservation;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.TaskTimes;
import dev.roadstead.control.ecs.table.TaskTimesBuilder;
import dev.roadstead.control.ecs.table.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/// From ACTIVE to gone, and how that is listed and looked up.
class LifeCycleTest {
  private static final String ARN = "arn:aws:ecs:eu-central-1:123456789012:task-definition/";

  private final World world = Definitions.world().with(new TaskDefinitionReaper());

  @Test
  void namesThatNameNothingAreRefusedWithAwsTexts() {
    Definitions.register(world);
    assertRefused("gone", "ClientException: Unable to describe task definition.");
    assertRefused("web:2", "ClientException: Unable to describe task definition.");
    assertRefused("web:foo", "InvalidParameterException: Invalid revision number. Number: foo");
    assertRefused("web:0", "InvalidParameterException: Invalid revision number. Number: 0");
    assertRefused("web:", "InvalidParameterException: Revision is missing.");
    assertRefused(
        ARN.replace("123456789012", "210987654321") + "web:1",
        "ClientException: Unable to describe task definition.");
    assertThat(world.refusal(new DeregisterTaskDefinition(), deregister("web")))
        .hasMessage("ClientException: Revision is missing.");
  }

  @Test
  void aDeletedRevisionGoesOnceItsLastTaskHasStopped() {
    Definitions.register(world);
    assertThat(failures("web:1"))
        .containsExactly(
            "The specified task definition is still in ACTIVE status. Please deregister the target"
                + " and try again.");
    world.call(new DeregisterTaskDefinition(), deregister("web:1"));
    Task task = task();
    world.apply(List.of(Tasks.create(task)));

    DeleteTaskDefinitionsResponse answer = delete(ARN + "web:1");
    assertThat(answer.taskDefinitions().getFirst().status())
        .isEqualTo(TaskDefinitionStatus.DELETE_IN_PROGRESS);
    assertThat(answer.taskDefinitions().getFirst().deleteRequestedAt()).isEqualTo(world.now());
    assertThat(families()).containsExactly("web");

    world.apply(Tasks.update(task, stopped(task))).settle();
    assertThat(families()).isEmpty();
    assertThat(world.state().count(TaskDefinitions.TABLE)).isZero();
    assertThat(Definitions.register(world).revision()).isEqualTo(2);
  }

  @Test
  void deletingTellsWhatIsWrongWithEachName() {
    assertThat(failures("web", "web:x", "web:1"))
        .containsExactly(
            "The specified task definition identifier is invalid. Specify a valid name or ARN and"
                + " try again.",
            "The specified task definition identifier is invalid. Specify a valid name or ARN and"
                + " try again.",
            "The specified task definition does not exist. Specify a valid account, family,"
                + " revision and try again.");
    assertThat(
            world.refusal(
                new DeleteTaskDefinitions(), DeleteTaskDefinitionsRequest.builder().build()))
        .hasMessageEndingWith("size of TaskDefinition references list must be greater than 0");
    List<String> many = IntStream.range(0, 11).mapToObj(i -> "web:" + (i + 1)).toList();
    assertThat(
            world.refusal(
                new DeleteTaskDefinitions(),
                DeleteTaskDefinitionsRequest.builder().taskDefinitions(many).build()))
        .hasMessageEndingWith("Size of TaskDefinition references list cannot exceed 10");
  }

  @Test
  void listsByFamilyThenNumberInBothDirections() {
    for (String family : List.of("a-b", "a", "a", "B")) {
      Definitions.register(world, Definitions.request().family(family).build());
    }
    for (int i = 0; i < 10; i++) {
      Definitions.register(world, Definitions.request().family("B").build());
    }
    assertThat(list(r -> r.familyPrefix("a"))).containsExactly(ARN + "a:1", ARN + "a:2");
    assertThat(list(r -> r)).startsWith(ARN + "B:1", ARN + "B:2").endsWith(ARN + "a-b:1");
    assertThat(list(r -> r.sort("DESC"))).isEqualTo(list(r -> r).reversed());
    world.call(new DeregisterTaskDefinition(), deregister("a:2"));
    assertThat(list(r -> r.status("INACTIVE"))).containsExactly(ARN + "a:2");
    assertThat(list(r -> r.familyPrefix("a"))).containsExactly(ARN + "a:1");
  }

  private List<String> list(UnaryOperator<ListTaskDefinitionsRequest.Builder> change) {
    List<String> seen = new ArrayList<>();
    String token = null;
    do {
      ListTaskDefinitionsRequest request =
          change.apply(ListTaskDefinitionsRequest.builder()).maxResults(3).nextToken(token).build();
      ListTaskDefinitionsResponse page = world.call(new ListTaskDefinitions(), request);
      seen.addAll(page.taskDefinitionArns());
      token = page.nextToken();
    } while (token != null);
    return seen;
  }

  private List<String> families() {
    return world
        .call(new ListTaskDefinitionFamilies(), ListTaskDefinitionFamiliesRequest.builder().build())
        .families();
  }

  private DeleteTaskDefinitionsResponse delete(String... names) {
    return world.call(
        new DeleteTaskDefinitions(),
        DeleteTaskDefinitionsRequest.builder().taskDefinitions(names).build());
  }

  private List<String> failures(String... names) {
    return delete(names).failures().stream().map(Failure::reason).toList();
  }

  private static DeregisterTaskDefinitionRequest deregister(String name) {
    return DeregisterTaskDefinitionRequest.builder().taskDefinition(name).build();
  }

  private void assertRefused(String name, String message) {
    assertThat(
            world.refusal(
                new DescribeTaskDefinition(),
                DescribeTaskDefinitionRequest.builder().taskDefinition(name).build()))
        .hasMessage(message);
  }

  private Task task() {
    TaskTimes times = TaskTimesBuilder.builder().createdAt(world.now()).build();
    return TaskBuilder.builder()
        .account(World.ACCOUNT)
        .region(World.REGION)
        .cluster("default")
        .id("0123456789abcdef0123456789abcdef")
        .family("web")
        .revision(1)
        .group("family:web")
        .launchType("EC2")
        .lastStatus(TaskStatus.PENDING)
        .wanted(true)
        .health(Health.UNKNOWN)
        .reservation(new Reservation(0, 64, List.of(), List.of(), 0))
        .cpu("0")
        .memory("64")
        .overrides("")
        .times(times)
        .version(1)
        .build();
  }

  private Task stopped(Task task) {
    return TaskBuilder.builder(task)
        .wanted(false)
        .lastStatus(TaskStatus.STOPPED)
        .times(TaskTimesBuilder.builder(task.times()).stoppedAt(world.now()).build())
        .build();
  }
}
