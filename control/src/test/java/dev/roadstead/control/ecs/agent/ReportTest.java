package dev.roadstead.control.ecs.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.Rows;
import dev.roadstead.control.Stage;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.ContainerSpec;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitionBuilder;
import dev.roadstead.control.ecs.table.TaskDefinitions;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.TaskTimes;
import dev.roadstead.control.ecs.table.Tasks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ContainerStateChange;
import software.amazon.awssdk.services.ecs.model.NetworkBinding;
import software.amazon.awssdk.services.ecs.model.SubmitAttachmentStateChangesRequest;
import software.amazon.awssdk.services.ecs.model.SubmitContainerStateChangeRequest;
import software.amazon.awssdk.services.ecs.model.SubmitTaskStateChangeRequest;

final class ReportTest {
  private static final ContainerSpec APP =
      new ContainerSpec("app", "app:1", true, 256, 128, null, false, List.of(), 0);
  private static final ContainerSpec LOG =
      new ContainerSpec("log", "log:1", false, 0, 64, null, false, List.of(), 0);
  private static final TaskDefinition DEFINITION =
      TaskDefinitionBuilder.builder(Rows.definition("web", 1))
          .containers(List.of(APP, LOG))
          .build();

  private final SubmitTaskStateChange submit = new SubmitTaskStateChange();

  @Test
  void runsAndEnds() {
    World world = world(DEFINITION);
    report(world, "PENDING", container("app", "PENDING").imageDigest("sha256:1").build());
    report(
        world,
        "RUNNING",
        container("app", "RUNNING")
            .runtimeId("docker-1")
            .networkBindings(NetworkBinding.builder().containerPort(80).hostPort(40000).build())
            .build(),
        container("log", "RUNNING").build());

    Task up = task(world);
    assertThat(up.lastStatus()).isEqualTo(TaskStatus.RUNNING);
    assertThat(up.connected()).isTrue();
    assertThat(up.times().startedAt()).isEqualTo(world.now());
    assertThat(up.containers().getFirst().imageDigest()).isEqualTo("sha256:1");
    assertThat(up.containers().getFirst().networkBindings().getFirst().hostPort()).isEqualTo(40000);

    report(
        world,
        "STOPPED",
        container("app", "STOPPED").exitCode(7).build(),
        container("log", "STOPPED").exitCode(137).build());

    Task ended = task(world);
    assertThat(ended.lastStatus()).isEqualTo(TaskStatus.STOPPED);
    assertThat(ended.wanted()).isFalse();
    assertThat(ended.stop())
        .isEqualTo(new StopCause("EssentialContainerExited", "Essential container in task exited"));
    assertThat(ended.times().stoppedAt()).isNotNull();
    assertThat(ended.containers().getFirst().exitCode()).isEqualTo(7);
  }

  @Test
  void aContainerThatIsNotEssentialMayGo() {
    World world = world(DEFINITION);
    report(world, "RUNNING", container("app", "RUNNING").build());
    report(world, "RUNNING", container("log", "STOPPED").exitCode(0).build());

    assertThat(task(world).wanted()).isTrue();
    report(world, "RUNNING", container("app", "STOPPED").exitCode(1).build());
    assertThat(task(world).wanted()).isFalse();
    assertThat(task(world).lastStatus()).isEqualTo(TaskStatus.RUNNING);
  }

  @Test
  void saysWhyATaskDidNotStart() {
    assertThat(
            stopOf("", container("app", "STOPPED").reason("CannotPullContainerError: no").build()))
        .isEqualTo(new StopCause("TaskFailedToStart", "CannotPullContainerError: no"));
    assertThat(
            stopOf("", container("app", "STOPPED").reason("CannotStartContainerError: x").build()))
        .isEqualTo(new StopCause("TaskFailedToStart", "Task failed to start"));
    assertThat(stopOf("UnrecogniedTaskError: Error loading task - x"))
        .isEqualTo(
            new StopCause("TaskFailedToStart", "UnrecogniedTaskError: Error loading task - x"));
    assertThat(stopOf("", container("app", "STOPPED").exitCode(3).build()))
        .isEqualTo(new StopCause("EssentialContainerExited", "Essential container in task exited"));
  }

  @Test
  void theFirstCauseWins() {
    World world = world(DEFINITION);
    StopCause asked = new StopCause(StopCause.USER_INITIATED, "enough");
    world.apply(Tasks.stop(task(world), asked, world.now()));
    report(world, "STOPPED", container("app", "STOPPED").exitCode(137).build());

    assertThat(task(world).stop()).isEqualTo(asked);
  }

  @Test
  void fillsInTheBindingsOfHostMode() {
    ContainerSpec app =
        new ContainerSpec(
            "app",
            "app:1",
            true,
            0,
            64,
            null,
            false,
            List.of(new ContainerSpec.Port(8080, 8080, false)),
            0);
    World world =
        world(
            TaskDefinitionBuilder.builder(DEFINITION)
                .networkMode("host")
                .containers(List.of(app))
                .build());
    report(world, "RUNNING", container("app", "RUNNING").build());

    assertThat(task(world).containers().getFirst().networkBindings())
        .containsExactly(
            new dev.roadstead.control.ecs.table.NetworkBinding(
                "0.0.0.0", 8080, 8080, "tcp", null, null));
  }

  @Test
  void answersWhateverCanBeRead() {
    World world = world(DEFINITION);
    for (String name : List.of("nobody", "arn:aws:ecs:x:1:task/a/b", "arn:", "a/b/c")) {
      SubmitTaskStateChangeRequest request =
          SubmitTaskStateChangeRequest.builder().cluster("nowhere").task(name).build();
      assertThat(world.call(submit, request).acknowledgment()).isNotEmpty();
    }
    world.call(submit, SubmitTaskStateChangeRequest.builder().build());
    world.call(
        new SubmitContainerStateChange(), SubmitContainerStateChangeRequest.builder().build());
    world.call(
        new SubmitAttachmentStateChanges(), SubmitAttachmentStateChangesRequest.builder().build());
    report(
        world, "NEW_STATUS", container("ghost", "RUNNING").build(), container("app", "X").build());

    assertThat(task(world).lastStatus()).isEqualTo(TaskStatus.PENDING);
  }

  @Test
  void findsATaskByItsArnWhateverTheClusterIsCalled() {
    World world = world(DEFINITION);
    world.call(
        submit,
        SubmitTaskStateChangeRequest.builder()
            .cluster("something")
            .task(task(world).arn())
            .status("RUNNING")
            .build());

    assertThat(task(world).lastStatus()).isEqualTo(TaskStatus.RUNNING);
  }

  @Test
  void takesOneContainerAtATime() {
    World world = world(DEFINITION);
    world.call(
        new SubmitContainerStateChange(),
        SubmitContainerStateChangeRequest.builder()
            .task(task(world).arn())
            .containerName("app")
            .status("RUNNING")
            .runtimeId("docker-1")
            .build());

    assertThat(task(world).containers().getFirst().lastStatus()).isEqualTo("RUNNING");
  }

  /// Reports of one history, each any number of times and in any order, then the last one, then any
  /// of them again: the row ends the same.
  @Test
  void orderAndRepetitionDoNotMatter() {
    List<SubmitTaskStateChangeRequest> history =
        List.of(
            of("PENDING", container("app", "PENDING").imageDigest("sha256:1").build()),
            of("PENDING", container("log", "RUNNING").runtimeId("d-2").build()),
            of(
                "RUNNING",
                container("app", "RUNNING").runtimeId("d-1").build(),
                container("log", "STOPPED").exitCode(0).runtimeId("d-2").build()));
    SubmitTaskStateChangeRequest last =
        of("STOPPED", container("app", "STOPPED").exitCode(1).runtimeId("d-1").build());
    Task expected = null;
    Random random = new Random(11);
    for (int round = 0; round < 500; round++) {
      World world = world(DEFINITION);
      List<SubmitTaskStateChangeRequest> told = new ArrayList<>(history);
      for (int i = random.nextInt(4); i > 0; i--) {
        told.add(history.get(random.nextInt(history.size())));
      }
      Collections.shuffle(told, random);
      told.add(last);
      told.add(history.get(random.nextInt(history.size())));
      TaskStatus before = TaskStatus.PENDING;
      for (SubmitTaskStateChangeRequest one : told) {
        world.call(submit, one);
        assertThat(before.mayBecome(task(world).lastStatus())).isTrue();
        before = task(world).lastStatus();
      }
      Task row = TaskBuilder.builder(task(world)).version(1).build();
      expected = expected == null ? row : expected;
      assertThat(row).isEqualTo(expected);
    }
  }

  private @Nullable StopCause stopOf(String reason, ContainerStateChange... containers) {
    World world = world(DEFINITION);
    SubmitTaskStateChangeRequest request = of("STOPPED", containers);
    world.call(submit, request.toBuilder().reason(reason).build());
    return task(world).stop();
  }

  private static World world(TaskDefinition definition) {
    World world = Stage.world();
    var instance = Rows.instance("one");
    TaskTimes times = new TaskTimes(Rows.THEN, null, null, null, null, null, null, null);
    return world.apply(
        List.of(
            ContainerInstances.create(instance),
            TaskDefinitions.put(definition),
            Tasks.create(
                TaskBuilder.builder(Stage.task("t1", definition, instance)).times(times).build())));
  }

  private static Task task(World world) {
    return world.state().get(Tasks.TABLE, World.scope().key("default", "t1"));
  }

  private void report(World world, String status, ContainerStateChange... containers) {
    world.call(submit, of(status, containers));
  }

  private static SubmitTaskStateChangeRequest of(
      String status, ContainerStateChange... containers) {
    return SubmitTaskStateChangeRequest.builder()
        .cluster("default")
        .task("t1")
        .status(status)
        .reason("")
        .containers(containers)
        .build();
  }

  private static ContainerStateChange.Builder container(String name, String status) {
    return ContainerStateChange.builder().containerName(name).status(status);
  }
}
