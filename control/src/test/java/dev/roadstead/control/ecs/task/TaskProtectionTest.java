package dev.roadstead.control.ecs.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.Rows;
import dev.roadstead.control.RuleRow;
import dev.roadstead.control.Stage;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceBuilder;
import dev.roadstead.control.ecs.table.ServiceNotice;
import dev.roadstead.control.ecs.table.ServiceTasks;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.TaskProtections;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.GetTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.ProtectedTask;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionResponse;

class TaskProtectionTest {
  private final World world = RuleRow.world().with(new TaskReaper(true));
  private final TaskDefinition definition = Rows.definition("web", 1);
  private final ContainerInstance instance = Rows.instance("one");

  TaskProtectionTest() {
    RuleRow.perform(world, "CreateCluster {}");
    world.apply(List.of(TaskDefinitions.put(definition)));
    RuleRow.perform(
        world,
        "CreateService {\"serviceName\": \"s\", \"taskDefinition\": \"web:1\","
            + " \"desiredCount\": 1}");
    task("alone", null);
    task("mine", "s");
  }

  @Test
  void protectsForTwoHoursUnlessToldOtherwise() {
    assertThat(update(true, null, "mine").protectedTasks())
        .containsExactly(shown("mine", Duration.ofHours(2)));
    assertThat(get("mine")).containsExactly(shown("mine", Duration.ofHours(2)));
    world.pass(Duration.ofHours(1));
    assertThat(update(true, 2880, "mine").protectedTasks())
        .as("the time begins anew")
        .containsExactly(shown("mine", Duration.ofDays(2)));
    assertThat(get()).as("those of the cluster").hasSize(1);
    assertThat(update(false, null, "mine").protectedTasks()).containsExactly(shown("mine", null));
    assertThat(get("mine")).containsExactly(shown("mine", null));
    assertThat(get()).isEmpty();
  }

  @Test
  void expires() {
    update(true, 1, "mine");
    world.pass(Duration.ofMinutes(1));
    assertThat(get("mine")).containsExactly(shown("mine", null));
    world.settle();
    assertThat(world.state().count(TaskProtections.TABLE)).isZero();
  }

  @Test
  void endsWithTheTask() {
    update(true, 1, "mine");
    Task task = row("mine");
    world.apply(
        Tasks.update(
            task,
            TaskBuilder.builder(
                    Tasks.stopping(task, new StopCause("UserInitiated", "x"), world.now()))
                .lastStatus(TaskStatus.STOPPED)
                .build()));
    world.settle();
    assertThat(world.state().count(TaskProtections.TABLE)).isZero();
  }

  @Test
  void listsNothingForAProtectionThatOutlivesItsTask() {
    update(true, null, "mine");
    world.apply(List.of(Tasks.TABLE.delete(row("mine").key())));
    assertThat(get()).isEmpty();
    world.settle();
    assertThat(world.state().count(TaskProtections.TABLE)).isZero();
  }

  @Test
  void saysWhyATaskCanHaveNone() {
    Task stopping = row("alone");
    assertThat(update(true, null, "unknown", "alone").failures())
        .containsExactly(
            Failure.builder().arn(arn("unknown")).reason("MISSING").build(),
            Failure.builder()
                .arn(stopping.arn())
                .reason("TASK_NOT_VALID")
                .detail("The task is not part of an Amazon ECS service.")
                .build());
    world.apply(Tasks.stop(row("mine"), new StopCause(StopCause.USER_INITIATED, "x"), world.now()));
    assertThat(update(true, null, "mine").failures())
        .containsExactly(
            Failure.builder()
                .arn(arn("mine"))
                .reason("TASK_NOT_VALID")
                .detail("The task is stopping or has stopped.")
                .build());
  }

  @Test
  void protectsNoMoreTasksOfAnOlderDeploymentThatIsWaitedFor() {
    RuleRow.perform(world, "UpdateService {\"service\": \"s\", \"forceNewDeployment\": true}");
    Service service = world.state().get(Services.TABLE, World.scope().key("default", "s"));
    world.apply(
        Services.update(
            service,
            ServiceBuilder.builder(service)
                .notices(List.of(new ServiceNotice(ServiceNotice.Kind.PROTECTED, "m", world.now())))
                .build()));
    assertThat(update(true, null, "mine").failures())
        .extracting(Failure::reason)
        .isEqualTo(List.of("DEPLOYMENT_BLOCKED"));
  }

  static Stream<RuleRow> rules() {
    return RuleRow.table(
        """
        GetTaskProtection {"cluster": "unknown"}
        ClusterNotFoundException: Cluster not found.

        GetTaskProtection {"tasks": list(101 of "t#")}
        InvalidParameterException: Tasks cannot have more than 100 elements.

        UpdateTaskProtection {"protectionEnabled": true}
        InvalidParameterException: Tasks cannot be empty.

        UpdateTaskProtection {"tasks": list(11 of "t#"), "protectionEnabled": true}
        InvalidParameterException: Tasks cannot have more than 10 elements.

        UpdateTaskProtection {"tasks": ["t"]}
        InvalidParameterException: protectionEnabled can not be blank.

        UpdateTaskProtection {"tasks": ["t"], "protectionEnabled": true, "expiresInMinutes": 0}
        InvalidParameterException: expiresInMinutes must be between 1 and 2880.

        UpdateTaskProtection {"tasks": ["t"], "protectionEnabled": true, "expiresInMinutes": 2881}
        InvalidParameterException: expiresInMinutes must be between 1 and 2880.
        """);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void refuses(RuleRow rule) {
    rule.check(world);
  }

  private void task(String id, @Nullable String service) {
    Service row = world.state().find(Services.TABLE, World.scope().key("default", "s"));
    Task task =
        TaskBuilder.builder(Stage.task(id, definition, instance))
            .serviceName(service)
            .deploymentId(service == null || row == null ? null : row.primary().id())
            .build();
    world.apply(List.of(Tasks.create(task)));
    if (service != null && row != null) {
      world.apply(List.of(ServiceTasks.follow(row.key(), row.primary().id(), task)));
    }
  }

  private Task row(String id) {
    return world.state().get(Tasks.TABLE, World.scope().key("default", id));
  }

  private static String arn(String id) {
    return World.scope().arn("ecs", "task/default/" + id).toString();
  }

  private ProtectedTask shown(String id, @Nullable Duration time) {
    return ProtectedTask.builder()
        .taskArn(arn(id))
        .protectionEnabled(time != null)
        .expirationDate(time == null ? null : world.now().plus(time))
        .build();
  }

  private UpdateTaskProtectionResponse update(
      boolean on, @Nullable Integer minutes, String... tasks) {
    return world.call(
        new UpdateTaskProtection(),
        UpdateTaskProtectionRequest.builder()
            .tasks(tasks)
            .protectionEnabled(on)
            .expiresInMinutes(minutes)
            .build());
  }

  private List<ProtectedTask> get(String... tasks) {
    return world
        .call(new GetTaskProtection(), GetTaskProtectionRequest.builder().tasks(tasks).build())
        .protectedTasks();
  }
}
