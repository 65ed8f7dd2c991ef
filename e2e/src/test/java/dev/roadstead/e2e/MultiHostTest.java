package dev.roadstead.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.e2e.Machines.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Two and three container instances: tasks spread, a machine is cut off and comes back, one is
/// drained; counts and resources are exact throughout.
final class MultiHostTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  /// An agent that falls silent is noticed within 15 s; one that has lost its way is back a while
  /// after that.
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private static final int CPU = 100;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  void spreadsSurvivesACutAndDrains() throws IOException {
    try (Machines machines = new Machines(directory)) {
      List<Host> hosts = new ArrayList<>();
      hosts.add(machines.host(1, "zone-a"));
      hosts.add(machines.host(2, "zone-b"));
      awaitInstances(machines, 2);
      register(machines);

      List<String> four = run(machines, 4);
      awaitRunning(machines, four);
      assertThat(runningPerInstance(machines)).containsExactly(2, 2);
      assertExact(machines);

      hosts.add(machines.host(3, "zone-c"));
      awaitInstances(machines, 3);
      List<String> two = run(machines, 2);
      awaitRunning(machines, two);
      assertThat(runningPerInstance(machines)).containsExactly(2, 2, 2);
      assertExact(machines);

      cutOffAndReturn(machines, hosts.get(2));
      killTheAgent(machines, hosts.get(0));
      restartTheEngine(machines, hosts.get(1));
      drain(machines);
    }
  }

  private static void cutOffAndReturn(Machines machines, Host host) {
    List<String> before = machines.containers(host);
    machines.cable(host, false);
    Shell.await("the cut is noticed", SILENCE, () -> connected(machines) == 2);
    awaitRunning(machines, run(machines, 2));
    assertThat(runningPerInstance(machines)).containsExactly(2, 3, 3);
    assertThat(machines.containers(host)).isEqualTo(before);

    machines.cable(host, true);
    Shell.await("the agent is back", SILENCE, () -> connected(machines) == 3);
    assertThat(machines.containers(host)).isEqualTo(before);
    assertThat(runningPerInstance(machines)).containsExactly(2, 3, 3);
    assertExact(machines);
  }

  private static void killTheAgent(Machines machines, Host host) {
    List<String> before = machines.containers(host);
    machines.killAgent(host);
    Shell.await("the loss is noticed", SOON, () -> connected(machines) == 2);
    machines.returnAgent(host, 1, "zone-a");
    Shell.await("the agent is back", SOON, () -> connected(machines) == 3);
    assertThat(machines.containers(host)).isEqualTo(before);
    assertThat(runningPerInstance(machines)).containsExactly(2, 3, 3);
    assertExact(machines);
  }

  /// Without live-restore an engine takes its containers with it: their tasks end, and say so.
  private static void restartTheEngine(Machines machines, Host host) {
    machines.restartEngine(host, 2);
    Shell.await(
        "the tasks of the stopped engine end",
        SILENCE,
        () -> runningPerInstance(machines).equals(List.of(0, 2, 3)));
    assertExact(machines);
    String[] stopped =
        machines
            .aws("ecs", "list-tasks", "--desired-status", "STOPPED", "--query", "taskArns")
            .split("\\s+", -1);
    assertThat(stopped).hasSize(3);
    List<String> command = new ArrayList<>(List.of("ecs", "describe-tasks", "--tasks"));
    command.addAll(List.of(stopped));
    command.addAll(List.of("--query", "tasks[].stopCode"));
    assertThat(machines.aws(command.toArray(String[]::new)).split("\\s+", -1))
        .containsOnly("EssentialContainerExited");
    awaitRunning(machines, run(machines, 3));
    assertExact(machines);
  }

  private static void drain(Machines machines) {
    machines.aws(
        "ecs",
        "create-service",
        "--service-name",
        "web",
        "--task-definition",
        "idle",
        "--desired-count",
        "3");
    machines.aws("ecs", "wait", "services-stable", "--services", "web");
    String victim =
        machines.aws("ecs", "list-tasks", "--service-name", "web", "--query", "taskArns[0]");
    String instance =
        machines.aws(
            "ecs", "describe-tasks", "--tasks", victim, "--query", "tasks[0].containerInstanceArn");

    machines.aws(
        "ecs",
        "update-container-instances-state",
        "--container-instances",
        instance,
        "--status",
        "DRAINING");

    Shell.await(
        "the service has left the draining instance",
        SILENCE,
        () ->
            machines
                .aws("ecs", "list-tasks", "--service-name", "web", "--container-instance", instance)
                .isEmpty());
    machines.aws("ecs", "wait", "services-stable", "--services", "web");
    assertThat(
            machines.aws(
                "ecs",
                "describe-services",
                "--services",
                "web",
                "--query",
                "services[0].runningCount"))
        .isEqualTo("3");
    assertExact(machines);
  }

  private static void register(Machines machines) {
    machines.aws(
        "ecs",
        "register-task-definition",
        "--family",
        "idle",
        "--container-definitions",
        "[{\"name\":\"main\",\"image\":\"e2e/busybox:1\",\"cpu\":"
            + CPU
            + ",\"memory\":32,\"command\":[\"sh\",\"-c\",\"trap 'exit 0' TERM;"
            + " while :; do sleep 1; done\"]}]");
  }

  private static List<String> run(Machines machines, int count) {
    String arns =
        machines.aws(
            "ecs",
            "run-task",
            "--task-definition",
            "idle",
            "--count",
            Integer.toString(count),
            "--placement-strategy",
            "type=spread,field=attribute:ecs.availability-zone",
            "--query",
            "tasks[].taskArn");
    List<String> tasks = List.of(arns.split("\\s+"));
    assertThat(tasks).hasSize(count);
    return tasks;
  }

  private static void awaitRunning(Machines machines, List<String> tasks) {
    List<String> command = new ArrayList<>(List.of("ecs", "wait", "tasks-running", "--tasks"));
    command.addAll(tasks);
    machines.aws(command.toArray(String[]::new));
  }

  private static void awaitInstances(Machines machines, int count) {
    Shell.await("instances are connected", SOON, () -> connected(machines) == count);
  }

  private static int connected(Machines machines) {
    return (int) instances(machines).stream().filter(row -> row.get(0).equals("True")).count();
  }

  /// Sorted: how many tasks run on each instance.
  private static List<Integer> runningPerInstance(Machines machines) {
    return instances(machines).stream().map(row -> Integer.parseInt(row.get(1))).sorted().toList();
  }

  /// Rows of: connected, running, pending, registered CPU, remaining CPU, registered memory,
  /// remaining memory, ARN.
  private static List<List<String>> instances(Machines machines) {
    String arns =
        machines.aws("ecs", "list-container-instances", "--query", "containerInstanceArns");
    List<List<String>> rows = new ArrayList<>();
    if (arns.isEmpty()) {
      return rows;
    }
    List<String> command =
        new ArrayList<>(List.of("ecs", "describe-container-instances", "--container-instances"));
    command.addAll(List.of(arns.split("\\s+")));
    command.addAll(
        List.of(
            "--query",
            "containerInstances[].[agentConnected,runningTasksCount,pendingTasksCount,"
                + "registeredResources[?name=='CPU'].integerValue|[0],"
                + "remainingResources[?name=='CPU'].integerValue|[0],"
                + "registeredResources[?name=='MEMORY'].integerValue|[0],"
                + "remainingResources[?name=='MEMORY'].integerValue|[0],containerInstanceArn]"));
    for (String line : machines.aws(command.toArray(String[]::new)).split("\n", -1)) {
      rows.add(List.of(line.split("\\s+")));
    }
    return rows;
  }

  /// What is remaining is what was registered less what the tasks there take, and the cluster's
  /// counts are the sums.
  private static void assertExact(Machines machines) {
    TreeMap<String, Integer> sums = new TreeMap<>();
    for (List<String> row : instances(machines)) {
      int tasks = Integer.parseInt(row.get(1)) + Integer.parseInt(row.get(2));
      assertThat(Integer.parseInt(row.get(4)))
          .isEqualTo(Integer.parseInt(row.get(3)) - tasks * CPU);
      assertThat(Integer.parseInt(row.get(6))).isEqualTo(Integer.parseInt(row.get(5)) - tasks * 32);
      sums.merge("running", Integer.parseInt(row.get(1)), Integer::sum);
    }
    String running =
        machines.aws("ecs", "describe-clusters", "--query", "clusters[0].runningTasksCount");
    assertThat(running).isEqualTo(String.valueOf(sums.get("running")));
  }
}
