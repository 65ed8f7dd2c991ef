package dev.roadstead.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerDependency;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.HealthStatus;
import software.amazon.awssdk.services.ecs.model.MountPoint;
import software.amazon.awssdk.services.ecs.model.NetworkBinding;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;
import software.amazon.awssdk.services.ecs.model.Volume;

/// Tasks with real containers, in one engine.
final class TaskJourneyTest {
  private static final String RUN_ARN = "tasks[0].taskArn";
  private static final Pattern RESTART_COUNT = Pattern.compile("\"RestartCount\": ?(\\d+)");

  /// Longer than the least period of a restart policy, which is a minute.
  private static final Duration PERIODS = Duration.ofMinutes(2);

  @RegisterExtension private static final Harness HARNESS = Harness.ofClass();

  private Tasks tasks() {
    return new Tasks(HARNESS.ecs());
  }

  @Test
  void runsAndStopsByTheCommandLine() {
    String arn = tasks().define("cli", d -> d.containerDefinitions(Tasks.shell("sleep 600")));
    String task = HARNESS.aws("ecs", "run-task", "--task-definition", arn, "--query", RUN_ARN);
    HARNESS.aws("ecs", "wait", "tasks-running", "--tasks", task);
    HARNESS.aws("ecs", "stop-task", "--task", task, "--reason", "enough");
    HARNESS.aws("ecs", "wait", "tasks-stopped", "--tasks", task);
    Task stopped = tasks().describe(task);
    assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.USER_INITIATED);
    assertThat(stopped.stoppedReason()).contains("enough");
  }

  @Test
  void reportsTheExitCode() {
    String task = tasks().run("exit", d -> d.containerDefinitions(Tasks.shell("exit 7")));
    Task stopped = tasks().awaitStatus(task, "STOPPED");
    assertThat(stopped.containers().getFirst().exitCode()).isEqualTo(7);
    assertThat(stopped.stopCode()).isEqualTo(TaskStopCode.ESSENTIAL_CONTAINER_EXITED);
    assertThat(stopped.stoppedReason()).isEqualTo("Essential container in task exited");
  }

  @Test
  void saysOutOfMemory() {
    String hog = "a=x; while true; do a=$a$a; done";
    String task =
        tasks()
            .run(
                "oom", d -> d.containerDefinitions(Tasks.shell(hog).toBuilder().memory(8).build()));
    Container container = tasks().awaitStatus(task, "STOPPED").containers().getFirst();
    assertThat(container.reason()).startsWith("OutOfMemoryError");
    assertThat(container.exitCode()).isEqualTo(137);
  }

  @Test
  void becomesHealthy() {
    String task =
        tasks()
            .run(
                "healthy",
                d ->
                    d.containerDefinitions(
                        checked("main", "exit 0").build(),
                        checked("sick", "exit 1").essential(false).build()));
    Task seen = tasks().await(task, "healthy", t -> t.healthStatus() == HealthStatus.HEALTHY);
    assertThat(container(seen, "main").healthStatus()).isEqualTo(HealthStatus.HEALTHY);
    tasks().await(task, "sick", t -> sick(t) && t.healthStatus() == HealthStatus.HEALTHY);
    HARNESS.ecs().stopTask(r -> r.task(task));
  }

  private static ContainerDefinition.Builder checked(String name, String check) {
    return Tasks.shell("sleep 600").toBuilder()
        .name(name)
        .healthCheck(h -> h.command("CMD-SHELL", check).interval(5).retries(1));
  }

  private static boolean sick(Task task) {
    return container(task, "sick").healthStatus() == HealthStatus.UNHEALTHY;
  }

  /// Each of three containers ends once: after the period, so it is restarted; after it, by a code
  /// that is ignored; and before it.
  @Test
  void restartsByPolicy() {
    // By the SDK: the CLI of Debian 12 does not know restart policies yet.
    tasks()
        .define(
            "restarts",
            request ->
                request
                    .volumes(Volume.builder().name("shared").host(host -> {}).build())
                    .containerDefinitions(
                        restarting(
                            "main",
                            "if test -e /shared/again; then exec sleep 600; fi;"
                                + " echo > /shared/again; sleep 62; exit 3"),
                        restarting("ignored", "sleep 62; exit 7"),
                        restarting("early", "exit 3")));
    String task =
        HARNESS.aws("ecs", "run-task", "--task-definition", "restarts", "--query", RUN_ARN);
    HARNESS.aws("ecs", "wait", "tasks-running", "--tasks", task);
    String main = container(tasks().describe(task), "main").runtimeId();
    assertThat(restartCount(main)).isZero();

    Shell.await("the others end", PERIODS, () -> ended(task, "ignored") && ended(task, "early"));
    Task ended = tasks().describe(task);
    assertThat(container(ended, "ignored").exitCode()).isEqualTo(7);
    assertThat(container(ended, "early").exitCode()).isEqualTo(3);
    Shell.await("main is restarted", Tasks.SOON, () -> restartCount(main) == 1);
    Task running = tasks().describe(task);
    assertThat(running.lastStatus()).isEqualTo("RUNNING");
    assertThat(container(running, "main").runtimeId()).isEqualTo(main);
    assertThat(container(running, "main").exitCode()).isNull();
    HARNESS.aws("ecs", "stop-task", "--task", task);
    HARNESS.aws("ecs", "wait", "tasks-stopped", "--tasks", task);
    assertThat(HARNESS.docker("inspect", "-f", "{{.State.Running}}", main)).isEqualTo("false");
  }

  /// JSON of a container with a restart policy; essential only if it is `main`.
  private static ContainerDefinition restarting(String name, String command) {
    return Tasks.shell(command).toBuilder()
        .name(name)
        .memory(16)
        .essential(name.equals("main"))
        .stopTimeout(2)
        .mountPoints(MountPoint.builder().sourceVolume("shared").containerPath("/shared").build())
        .restartPolicy(policy -> policy.enabled(true).ignoredExitCodes(7).restartAttemptPeriod(60))
        .build();
  }

  /// What the metadata endpoint tells the container itself; -1 while the container is not running.
  private int restartCount(String runtimeId) {
    Shell.Result result =
        Shell.run(
            Map.of(),
            List.of(
                "docker",
                "-H",
                HARNESS.dockerHost(),
                "exec",
                runtimeId,
                "/bin/sh",
                "-c",
                "/bin/busybox wget -q -O - $ECS_CONTAINER_METADATA_URI_V4"));
    Matcher count = RESTART_COUNT.matcher(result.out());
    return count.find() ? Integer.parseInt(count.group(1)) : -1;
  }

  private static Container container(Task task, String name) {
    return task.containers().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  private boolean ended(String task, String name) {
    return container(tasks().describe(task), name).lastStatus().equals("STOPPED");
  }

  @Test
  void startsInTheOrderOfDependencies() {
    String volume = "shared";
    MountPoint mount = MountPoint.builder().sourceVolume(volume).containerPath("/shared").build();
    ContainerDependency afterFirst =
        ContainerDependency.builder()
            .containerName("first")
            .condition(ContainerCondition.SUCCESS)
            .build();
    String task =
        tasks()
            .run(
                "order",
                d ->
                    d.volumes(Volume.builder().name(volume).host(h -> {}).build())
                        .containerDefinitions(
                            Tasks.shell("sleep 1; echo done > /shared/first").toBuilder()
                                .name("first")
                                .essential(false)
                                .mountPoints(mount)
                                .build(),
                            Tasks.shell("test \"$(cat /shared/first)\" = done").toBuilder()
                                .mountPoints(mount)
                                .dependsOn(afterFirst)
                                .build()));
    List<Container> containers = tasks().awaitStatus(task, "STOPPED").containers();
    assertThat(containers).extracting(Container::exitCode).containsOnly(0);
  }

  @Test
  void givesADynamicPort() {
    String task =
        tasks()
            .run(
                "port",
                d ->
                    d.containerDefinitions(
                        Tasks.shell("exec /bin/busybox httpd -f -p 80 -h /tmp").toBuilder()
                            .portMappings(PortMapping.builder().containerPort(80).build())
                            .build()));
    Task running = tasks().awaitStatus(task, "RUNNING");
    int port = running.containers().getFirst().networkBindings().getFirst().hostPort();
    assertThat(port).isGreaterThan(1023);
    Shell.await("httpd answers", Tasks.SOON, () -> Http.status(port) == 404);
    HARNESS.ecs().stopTask(r -> r.task(task));
  }

  /// A range is a block of host ports, told as one; each of them leads to its own in the
  /// container. A port that another task has by its number is refused by that number.
  @Test
  void publishesAPortRangeAndRefusesAPortTwice() {
    String serve = "for p in 9000 9001 9002; do /bin/busybox httpd -p $p -h /tmp; done; sleep 600";
    String arn =
        tasks()
            .define(
                "range",
                d ->
                    d.containerDefinitions(
                        Tasks.shell(serve).toBuilder()
                            .portMappings(
                                PortMapping.builder().containerPortRange("9000-9002").build(),
                                PortMapping.builder().containerPort(53).hostPort(20053).build())
                            .build()));
    String task = HARNESS.ecs().runTask(r -> r.taskDefinition(arn)).tasks().getFirst().taskArn();
    Task running = tasks().awaitStatus(task, "RUNNING");
    NetworkBinding range =
        running.containers().getFirst().networkBindings().stream()
            .filter(one -> one.containerPortRange() != null)
            .findFirst()
            .orElseThrow();
    assertThat(range.containerPortRange()).isEqualTo("9000-9002");
    int first = Integer.parseInt(range.hostPortRange().split("-", 2)[0]);
    assertThat(range.hostPortRange()).isEqualTo(first + "-" + (first + 2));
    for (int port = first; port < first + 3; port++) {
      int own = port;
      Shell.await("httpd answers", Tasks.SOON, () -> Http.status(own) == 404);
    }
    Failure failure = HARNESS.ecs().runTask(r -> r.taskDefinition(arn)).failures().getFirst();
    assertThat(failure.reason()).isEqualTo("RESOURCE:PORTS");
    assertThat(failure.detail()).isEqualTo("needs host port 20053/tcp, which is in use");
    HARNESS.ecs().stopTask(r -> r.task(task));
  }

  @Test
  void survivesAKillOfTheProcess() {
    String task = tasks().run("crash", d -> d.containerDefinitions(Tasks.shell("sleep 600")));
    Task before = tasks().awaitStatus(task, "RUNNING");
    String id = before.containers().getFirst().runtimeId();
    String began = HARNESS.docker("inspect", "-f", "{{.State.StartedAt}}", id);
    HARNESS.kill();
    HARNESS.up();
    Task after = tasks().awaitStatus(task, "RUNNING");
    assertThat(after.containers().getFirst().runtimeId()).isEqualTo(id);
    assertThat(HARNESS.docker("inspect", "-f", "{{.State.StartedAt}}", id)).isEqualTo(began);
    HARNESS.ecs().stopTask(r -> r.task(task));
    tasks().awaitStatus(task, "STOPPED");
  }

  @Test
  void aServiceReplacesAKilledContainerAndRollsOut() {
    String first = tasks().define("web", d -> d.containerDefinitions(Tasks.shell("sleep 600")));
    HARNESS.ecs().createService(s -> s.serviceName("web").taskDefinition(first).desiredCount(1));
    HARNESS.aws("ecs", "wait", "services-stable", "--services", "web");
    String task = onlyTask();
    HARNESS.docker("kill", tasks().describe(task).containers().getFirst().runtimeId());
    Shell.await("replaced", Tasks.SOON, () -> !onlyTask().isEmpty() && !onlyTask().equals(task));
    String second = tasks().define("web", d -> d.containerDefinitions(Tasks.shell("sleep 601")));
    HARNESS.ecs().updateService(s -> s.service("web").taskDefinition(second));
    HARNESS.aws("ecs", "wait", "services-stable", "--services", "web");
    assertThat(tasks().describe(onlyTask()).taskDefinitionArn()).isEqualTo(second);
    HARNESS.ecs().deleteService(s -> s.service("web").force(true));
  }

  private String onlyTask() {
    List<String> arns = HARNESS.ecs().listTasks(r -> r.serviceName("web")).taskArns();
    return arns.size() == 1 ? arns.getFirst() : "";
  }
}
