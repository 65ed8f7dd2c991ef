package dev.roadstead.agent.shell;

import static dev.roadstead.agent.docker.PrivateDocker.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.agent.docker.PrivateDocker;
import dev.roadstead.link.acs.IAMRoleCredentialsAckRequest;
import dev.roadstead.link.api.ContainerStateChange;
import dev.roadstead.link.task.Container;
import dev.roadstead.link.task.ContainerBuilder;
import dev.roadstead.link.task.RoleCredentials;
import dev.roadstead.link.task.Task;
import dev.roadstead.link.task.TaskBuilder;
import dev.roadstead.link.task.Volume;
import dev.roadstead.link.tcs.PublishHealthRequest;
import dev.roadstead.link.tcs.PublishMetricsRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole agent on a real engine.
final class AgentOnDockerTest {
  private static PrivateDocker docker;

  @TempDir Path data;

  @BeforeAll
  static void startDocker() throws IOException, InterruptedException {
    docker = PrivateDocker.start(11);
  }

  @AfterAll
  static void stopDocker() throws IOException, InterruptedException {
    docker.close();
  }

  private Agent agent(FakeControlPlane plane, Map<String, String> environment) throws Exception {
    return agent(plane, environment, data);
  }

  private static Agent agent(FakeControlPlane plane, Map<String, String> environment, Path data)
      throws Exception {
    var agent =
        new Agent(
            new AgentConfig(
                List.of(plane.url()),
                "default",
                data,
                docker.host(),
                new AgentConfig.Credentials("AKIATEST", "secret", null),
                "us-east-1",
                Map.of("rack", "7"),
                null,
                environment));
    agent.start();
    agent.connected().get(20, TimeUnit.SECONDS);
    return agent;
  }

  private static Task task(String id, Container... containers) {
    return TaskBuilder.builder()
        .arn("arn:aws:ecs:us-east-1:000000000000:task/default/" + id)
        .family("web")
        .version("1")
        .desiredStatus("RUNNING")
        .containers(List.of(containers))
        .build();
  }

  private static ContainerBuilder busybox(String name, String... command) {
    return ContainerBuilder.builder()
        .name(name)
        .image("busybox")
        .essential(true)
        .memory(32)
        .command(List.of(command));
  }

  private static Task stop(Task task) {
    return TaskBuilder.builder().arn(task.arn()).desiredStatus("STOPPED").build();
  }

  @Test
  void runsReportsAndStopsATask() throws Exception {
    try (var plane = new FakeControlPlane();
        var agent = agent(plane, Map.of())) {
      assertThat(agent.registered().get(1, TimeUnit.SECONDS)).isEqualTo(FakeControlPlane.INSTANCE);
      var task =
          task(
              "one",
              busybox("web", "sleep", "600")
                  .portMappings(List.of(new Container.PortMapping(80, null, null, null)))
                  .stopTimeout(1)
                  .build());
      plane.send("m1", task);
      until("RUNNING", () -> plane.reported(task, "RUNNING"));
      assertThat(plane.acked("m1")).isTrue();
      var running = plane.reports.getFirst().containers().getFirst();
      assertThat(running.networkBindings().getFirst().hostPort()).isBetween(32768, 60999);
      assertThat(docker.docker("ps", "--format", "{{.Names}}")).startsWith("ecs-web-1-web-");

      plane.send("m2", stop(task));
      until("STOPPED", () -> plane.reported(task, "STOPPED"));
      var stopped = plane.reports.getLast().containers().getFirst();
      assertThat(stopped.exitCode()).isEqualTo(137);
    }
  }

  @Test
  void findsItsContainersAfterARestart() throws Exception {
    try (var plane = new FakeControlPlane()) {
      var stays = task("stays", busybox("web", "sleep", "600").stopTimeout(1).build());
      var ends = task("ends", busybox("web", "sh", "-c", "sleep 4; exit 7").build());
      var gone = task("gone", busybox("web", "sleep", "600").build());
      try (var first = agent(plane, Map.of())) {
        plane.send("m1", stays, ends, gone);
        until("all run", () -> plane.reported(stays, "RUNNING") && plane.reported(ends, "RUNNING"));
        until("gone runs", () -> plane.reported(gone, "RUNNING"));
        assertThat(first.state().tasks()).hasSize(3);
      }
      String id =
          docker.docker("ps", "-q", "--filter", "label=" + Specs.LABEL_TASK + "=" + gone.arn());
      docker.docker("rm", "-f", id);
      until("one has ended", () -> exited(ends));
      try (var second = agent(plane, Map.of())) {
        until(
            "both are reported",
            () -> plane.reported(ends, "STOPPED") && plane.reported(gone, "STOPPED"));
        assertThat(plane.registrations.getLast().containerInstanceArn())
            .isEqualTo(FakeControlPlane.INSTANCE);
        assertThat(last(plane, ends).exitCode()).isEqualTo(7);
        assertThat(last(plane, gone).reason()).startsWith("ContainerVanishedError");
        assertThat(plane.reported(stays, "STOPPED")).isFalse();
        plane.send("m2", stop(stays));
        until("stopped", () -> plane.reported(stays, "STOPPED"));
        assertThat(second.state().task(stays.arn()).stopped()).isTrue();
      }
    }
  }

  @Test
  void leavesContainersOfAnotherAgentAlone() throws Exception {
    try (var plane = new FakeControlPlane();
        var otherPlane = new FakeControlPlane()) {
      var task = task("mine", busybox("web", "sleep", "600").stopTimeout(1).build());
      try (var mine = agent(plane, Map.of(), data.resolve("mine"))) {
        plane.send("m1", task);
        until("RUNNING", () -> plane.reported(task, "RUNNING"));
        assertThat(mine.state().orphans()).isEmpty();
      }
      try (var other = agent(otherPlane, Map.of(), data.resolve("other"))) {
        until("compared with the engine", () -> other.state().synced());
        assertThat(other.state().orphans()).isEmpty();
        assertThat(other.state().tasks()).isEmpty();
      }
      try (var mine = agent(plane, Map.of(), data.resolve("mine"))) {
        until("compared with the engine", () -> mine.state().synced());
        plane.send("m2", stop(task));
        until("STOPPED", () -> plane.reported(task, "STOPPED"));
        assertThat(last(plane, task).exitCode()).isEqualTo(137);
      }
    }
  }

  private static boolean exited(Task task) {
    try {
      return !docker
          .docker(
              "ps",
              "-aq",
              "--filter",
              "status=exited",
              "--filter",
              "label=" + Specs.LABEL_TASK + "=" + task.arn())
          .isEmpty();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ContainerStateChange last(FakeControlPlane plane, Task task) {
    return plane.reports.stream()
        .filter(r -> r.task().equals(task.arn()))
        .flatMap(r -> r.containers().stream())
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  @Test
  void startsInOrderAndServesMetadata() throws Exception {
    try (var plane = new FakeControlPlane();
        var agent = agent(plane, Map.of("ROADSTEAD_METADATA_WELL_KNOWN_ADDRESS", "false"))) {
      var init =
          busybox("init", "sh", "-c", "echo done > /data/flag")
              .essential(false)
              .mountPoints(List.of(new Container.MountPoint("data", "/data", null)))
              .build();
      var web =
          busybox(
                  "web",
                  "sh",
                  "-c",
                  "cat /data/flag && wget -qO- $ECS_CONTAINER_METADATA_URI_V4/task"
                      + " && wget -qO- $AWS_CONTAINER_CREDENTIALS_FULL_URI")
              .mountPoints(List.of(new Container.MountPoint("data", "/data", true)))
              .dependsOn(List.of(new Container.Dependency("init", "SUCCESS")))
              .build();
      var task =
          TaskBuilder.builder(task("meta", web, init))
              .volumes(List.of(new Volume("data", null, null, null, null)))
              .roleCredentials(
                  new RoleCredentials(
                      "cred-1", "role", "AKIAROLE", "s3", "tok", "2030-01-01T00:00:00Z", null))
              .build();
      plane.send("m1", task);
      until("STOPPED", () -> plane.reported(task, "STOPPED"));
      String id =
          Objects.requireNonNull(agent.state().task(task.arn()).container("web").dockerId());
      String said = docker.docker("logs", id);
      assertThat(said)
          .startsWith("done")
          .contains("\"TaskARN\":\"" + task.arn() + "\"", "AKIAROLE");
      assertThat(agent.state().task(task.arn()).container("web").exitCode()).isZero();
      assertThat(plane.acs).anyMatch(m -> m instanceof IAMRoleCredentialsAckRequest);
    }
  }

  @Test
  void saysWhyWhatCannotRunStops() throws Exception {
    try (var plane = new FakeControlPlane();
        var agent = agent(plane, Map.of())) {
      var noImage = task("noimage", busybox("web").image("nosuchimage").build());
      var noCommand = task("nocommand", busybox("web", "/nosuch").build());
      var awsvpc =
          TaskBuilder.builder(task("vpc", busybox("web").build())).networkMode("awsvpc").build();
      var memory = task("oom", busybox("web", "sh", "-c", "tail /dev/zero").memory(8).build());
      plane.send("m1", noCommand, awsvpc, memory, noImage);
      until(
          "all have stopped",
          () ->
              List.of(noCommand, awsvpc, memory).stream()
                  .allMatch(t -> plane.reported(t, "STOPPED")));
      assertThat(last(plane, noCommand).reason()).startsWith("CannotStartContainerError: ");
      assertThat(last(plane, memory).reason())
          .isEqualTo("OutOfMemoryError: Container killed due to memory usage");
      assertThat(
              plane.reports.stream()
                  .filter(r -> r.task().equals(awsvpc.arn()))
                  .findFirst()
                  .orElseThrow()
                  .reason())
          .contains("awsvpc");
      until("the pull has failed", () -> plane.reported(noImage, "STOPPED"));
      assertThat(last(plane, noImage).reason()).startsWith("CannotPullContainerError: ");
      assertThat(agent.state().tasks()).hasSize(4);
    }
  }

  @Test
  void tellsHealthAndRestartsByPolicy() throws Exception {
    try (var plane = new FakeControlPlane();
        var agent = agent(plane, Map.of())) {
      var sick =
          task(
              "sick",
              busybox("web", "sleep", "600")
                  .healthCheckType("docker")
                  .stopTimeout(1)
                  .dockerConfig(
                      new Container.DockerConfig(
                          "1.41",
                          "{\"Healthcheck\":{\"Test\":[\"CMD\",\"/bin/true\"],"
                              + "\"Interval\":200000000}}",
                          null))
                  .build());
      var again =
          task(
              "again",
              busybox("web", "sleep", "1")
                  .restartPolicy(new Container.RestartPolicy(true, List.of(), null))
                  .build());
      plane.send("m1", sick, again);
      until(
          "healthy",
          () ->
              plane.tcs.stream()
                  .anyMatch(
                      m ->
                          m instanceof PublishHealthRequest h
                              && "HEALTHY"
                                  .equals(
                                      h.tasks()
                                          .getFirst()
                                          .containers()
                                          .getFirst()
                                          .healthStatus())));
      until("restarted", () -> agent.state().task(again.arn()).container("web").restarts() >= 2);
      assertThat(plane.reported(again, "STOPPED")).isFalse();
      assertThat(plane.tcs).anyMatch(m -> m instanceof PublishMetricsRequest);
      plane.send("m2", stop(sick), stop(again));
      until("stopped", () -> plane.reported(sick, "STOPPED") && plane.reported(again, "STOPPED"));
    }
  }

  @Test
  void isBackSoonAfterItsControlPlane() throws Exception {
    try (var plane = new FakeControlPlane();
        var _ = agent(plane, Map.of())) {
      until("telemetry is there, too", () -> plane.upgrades.size() == 2);
      plane.refusing = true;
      plane.dropConnections();
      until("both have asked in vain for some seconds", () -> plane.refused.get() >= 14);
      plane.upgrades.clear();
      plane.refusing = false;
      long begun = System.nanoTime();
      until("both are back", () -> plane.upgrades.size() == 2);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void survivesARestartOfTheEngine() throws Exception {
    try (var plane = new FakeControlPlane();
        var agent = agent(plane, Map.of("ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION", "1s"))) {
      var task = task("engine", busybox("web", "sleep", "600").build());
      plane.send("m1", task);
      until("RUNNING", () -> plane.reported(task, "RUNNING"));
      docker.restart();
      until("STOPPED", () -> plane.reported(task, "STOPPED"));
      until("cleaned up", () -> agent.state().tasks().isEmpty());
      var next = task("next", busybox("web", "sleep", "600").stopTimeout(1).build());
      plane.send("m2", next);
      until("RUNNING", () -> plane.reported(next, "RUNNING"));
      plane.dropConnections();
      until(
          "reconnected",
          () -> plane.upgrades.stream().filter(u -> u.contains("/acs/")).count() >= 2);
      plane.send("m3", stop(next));
      until("STOPPED", () -> plane.reported(next, "STOPPED"));
    }
  }
}
