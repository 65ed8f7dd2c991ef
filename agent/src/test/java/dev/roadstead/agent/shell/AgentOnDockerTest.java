package dev.roadstead.agent.shell;

import static dev.roadstead.agent.docker.PrivateDocker.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.agent.docker.PrivateDocker;
import dev.roadstead.link.task.Container;
import dev.roadstead.link.task.ContainerBuilder;
import dev.roadstead.link.task.Task;
import dev.roadstead.link.task.TaskBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
      long begun = System.nanoTime();
      plane.send("m1", task);
      until("RUNNING", () -> plane.reported(task, "RUNNING"));
      System.out.println("to RUNNING: " + (System.nanoTime() - begun) / 1_000_000 + " ms");
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
}
