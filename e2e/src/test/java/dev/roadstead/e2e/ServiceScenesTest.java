package dev.roadstead.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.e2e.Machines.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// One service of replicas and one of daemons, on two machines in two zones: what becomes of them
/// when a machine comes, drains, is cut off and returns. Each scene goes on where the last one
/// ended.
final class ServiceScenesTest {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final String ZONE_A = "zone-a";
  private static final String ZONE_B = "zone-b";

  private static final String EVENT = "services[0].events[].message";

  /// What a daemon takes, in CPU units.
  private static final int DAEMON_CPU = 100;

  /// As many replicas as fit on a machine beside the daemon; without it there would be one more.
  private static final int PER_MACHINE = 4;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path directory;

  @Test
  void servicesFollowTheirMachines() throws IOException {
    try (Machines machines = new Machines(directory)) {
      Services services = new Services(machines);
      Host first = machines.host(1, ZONE_A);
      services.awaitInstance(ZONE_A);
      define(services);

      daemonIsFirstOnANewInstance(machines, services);
      Host second = machines.host(2, ZONE_B);
      services.awaitInstance(ZONE_B);
      daemonHasItsRoom(services);
      aStoppedTaskIsReplaced(services);
      drainingWaitsForAProtectedTask(services);
      theZoneIsFilledAgain(services);
      nothingHappensWhenAnAgentIsSoonBack(machines, services, second);
      aLostMachineIsReplacedAndReturns(machines, services, second);
      Shell.await(
          "a daemon and two replicas are left",
          SOON,
          () -> machines.containers(first).size() == 1 + PER_MACHINE / 2);
    }
  }

  private static void define(Services services) {
    int cpu = services.registeredCpu(ZONE_A);
    services.define("daemon", DAEMON_CPU);
    services.define("replica", cpu / (PER_MACHINE + 1));
  }

  /// More replicas are wanted than there is room for, and wait for a machine.
  private static void daemonIsFirstOnANewInstance(Machines machines, Services services) {
    services.create("watch", "daemon", "--scheduling-strategy", "DAEMON");
    services.awaitRunning("watch", ZONE_A, 1);
    services.create("web", "replica", "--desired-count", Integer.toString(3 * PER_MACHINE));
    services.awaitRunning("web", ZONE_A, PER_MACHINE);
    assertThat(services.count("web", "runningCount")).isEqualTo(PER_MACHINE);
    assertThat(machines.aws("ecs", "describe-services", "--services", "web", "--query", EVENT))
        .contains("was unable to place a task");
  }

  private static void daemonHasItsRoom(Services services) {
    services.awaitRunning("watch", ZONE_B, 1);
    services.awaitRunning("web", ZONE_B, PER_MACHINE);
    assertThat(services.count("watch", "desiredCount")).isEqualTo(2);
    services.update("web", "--desired-count", Integer.toString(PER_MACHINE));
    services.awaitStable("web", PER_MACHINE);
    assertThat(services.tasks("web", ZONE_A)).as("the fuller zone first").hasSize(2);
  }

  private static void aStoppedTaskIsReplaced(Services services) {
    List<String> before = services.tasks("web");
    String victim = before.getFirst();
    services.aws("stop-task", "--task", victim, "--reason", "enough");
    Shell.await(
        "another is there",
        SOON,
        () -> {
          List<String> now = services.tasks("web");
          return !now.contains(victim) && now.size() == PER_MACHINE;
        });
    services.awaitStable("web", PER_MACHINE);
    assertThat(services.tasks("web")).containsAll(before.subList(1, before.size()));
    assertThat(
            services.aws(
                "describe-tasks",
                "--tasks",
                victim,
                "--query",
                "tasks[0].[stopCode,stoppedReason]"))
        .isEqualTo("UserInitiated\tenough");
  }

  private static void drainingWaitsForAProtectedTask(Services services) {
    String kept = services.tasks("web", ZONE_B).getFirst();
    protect(services, kept, "--protection-enabled");
    services.state(ZONE_B, "DRAINING");
    services.awaitTasks("web", ZONE_B, List.of(kept));
    services.awaitRunning("web", ZONE_A, PER_MACHINE);
    assertThat(services.tasks("watch", ZONE_B)).as("leaves last").hasSize(1);
    String daemon = services.tasks("watch", ZONE_B).getFirst();

    protect(services, kept, "--no-protection-enabled");
    services.awaitTasks("web", ZONE_B, List.of());
    services.awaitTasks("watch", ZONE_B, List.of());
    Shell.await("both have ended", SOON, () -> services.ended(kept, daemon).size() == 2);
    List<String> ended = services.ended(kept, daemon);
    assertThat(ended.getLast()).as("the daemon is the last: %s", ended).contains(daemon);
    services.awaitStable("web", PER_MACHINE);
  }

  private static void protect(Services services, String task, String how) {
    services.aws("update-task-protection", "--cluster", "default", "--tasks", task, how);
  }

  private static void theZoneIsFilledAgain(Services services) {
    services.state(ZONE_B, "ACTIVE");
    services.awaitRunning("watch", ZONE_B, 1);
    services.awaitRunning("web", ZONE_B, PER_MACHINE / 2);
    services.awaitTasks("web", ZONE_A, PER_MACHINE / 2);
    services.awaitStable("web", PER_MACHINE);
    assertThat(services.aws("describe-services", "--services", "web", "--query", EVENT))
        .contains("AZ Rebalancing in progress", "is AZ balanced with 2 tasks in zone-a");
  }

  private static void nothingHappensWhenAnAgentIsSoonBack(
      Machines machines, Services services, Host host) {
    List<String> tasks = services.tasks("web");
    List<String> containers = machines.containers(host);
    machines.killAgent(host);
    Shell.await("shown at once", SOON, () -> !services.connected(ZONE_B));
    machines.returnAgent(host, 2, ZONE_B);
    services.awaitInstance(ZONE_B);
    services.awaitStable("web", PER_MACHINE);
    assertThat(services.tasks("web")).containsExactlyElementsOf(tasks);
    assertThat(machines.containers(host)).isEqualTo(containers);
  }

  private static void aLostMachineIsReplacedAndReturns(
      Machines machines, Services services, Host host) {
    List<String> containers = machines.containers(host);
    List<String> lost = services.tasks("web", ZONE_B);
    String daemon = services.tasks("watch", ZONE_B).getFirst();
    machines.cable(host, false);
    Shell.await("the cut is noticed", SOON, () -> !services.connected(ZONE_B));
    services.awaitRunning("web", ZONE_A, PER_MACHINE);
    services.awaitStable("web", PER_MACHINE);
    assertThat(machines.containers(host)).as("they run on").isEqualTo(containers);
    assertThat(services.count("watch", "desiredCount")).isEqualTo(1);

    machines.cable(host, true);
    services.awaitInstance(ZONE_B);
    Shell.await(
        "the surplus ends", SOON, () -> services.ended(lost.get(0), lost.get(1)).size() == 2);
    services.awaitRunning("web", ZONE_B, PER_MACHINE / 2);
    services.awaitTasks("web", ZONE_A, PER_MACHINE / 2);
    services.awaitStable("web", PER_MACHINE);
    assertThat(services.tasks("watch", ZONE_B)).as("never restarted").containsExactly(daemon);
    assertThat(machines.containers(host)).containsAnyElementsOf(containers).hasSize(3);
  }

  /// Services, asked for by the AWS CLI.
  private record Services(Machines machines) {
    private static final String COUNTS =
        "services[0].[desiredCount,runningCount,pendingCount,length(deployments)]";

    String aws(String... words) {
      List<String> all = new ArrayList<>(List.of("ecs"));
      all.addAll(List.of(words));
      return machines.aws(all.toArray(String[]::new));
    }

    void define(String family, int cpu) {
      aws(
          "register-task-definition",
          "--family",
          family,
          "--container-definitions",
          "[{\"name\":\"main\",\"image\":\"e2e/busybox:1\",\"cpu\":"
              + cpu
              + ",\"memory\":16,\"command\":[\"sh\",\"-c\",\"trap 'exit 0' TERM;"
              + " while :; do sleep 1; done\"]}]");
    }

    void create(String name, String family, String... more) {
      List<String> all = new ArrayList<>(List.of("create-service", "--service-name", name));
      all.addAll(List.of("--task-definition", family));
      all.addAll(List.of(more));
      aws(all.toArray(String[]::new));
    }

    void update(String name, String... more) {
      List<String> all = new ArrayList<>(List.of("update-service", "--service", name));
      all.addAll(List.of(more));
      aws(all.toArray(String[]::new));
    }

    int count(String name, String member) {
      return Integer.parseInt(
          aws("describe-services", "--services", name, "--query", "services[0]." + member));
    }

    /// The ARN of the only instance of a zone; empty when there is none.
    String instance(String zone) {
      return aws(
          "list-container-instances",
          "--filter",
          "attribute:ecs.availability-zone == " + zone,
          "--query",
          "containerInstanceArns");
    }

    boolean connected(String zone) {
      String instance = instance(zone);
      return !instance.isEmpty() && describe(instance, "agentConnected").equals("True");
    }

    int registeredCpu(String zone) {
      return Integer.parseInt(
          describe(instance(zone), "registeredResources[?name=='CPU'].integerValue|[0]"));
    }

    private String describe(String instance, String member) {
      return aws(
          "describe-container-instances",
          "--container-instances",
          instance,
          "--query",
          "containerInstances[0]." + member);
    }

    void state(String zone, String status) {
      aws(
          "update-container-instances-state",
          "--container-instances",
          instance(zone),
          "--status",
          status);
    }

    List<String> tasks(String service) {
      return words(aws("list-tasks", "--service-name", service, "--query", "taskArns")).stream()
          .sorted()
          .toList();
    }

    /// The wanted tasks of a service on the instance of a zone.
    List<String> tasks(String service, String zone) {
      return words(
          aws(
              "list-tasks",
              "--service-name",
              service,
              "--container-instance",
              instance(zone),
              "--query",
              "taskArns"));
    }

    /// Those of the tasks that have ended, each with its time, the first first.
    List<String> ended(String... tasks) {
      List<String> all = new ArrayList<>(List.of("describe-tasks", "--tasks"));
      all.addAll(List.of(tasks));
      all.addAll(
          List.of("--query", "sort_by(tasks[?stoppedAt], &stoppedAt)[].[stoppedAt,taskArn]"));
      String said = aws(all.toArray(String[]::new));
      return said.isEmpty() ? List.of() : List.of(said.split("\n", -1));
    }

    private static List<String> words(String text) {
      return text.isEmpty() || text.equals("None") ? List.of() : List.of(text.split("\\s+"));
    }

    void awaitInstance(String zone) {
      Shell.await("an instance in " + zone, SOON, () -> connected(zone));
    }

    void awaitTasks(String service, String zone, List<String> expected) {
      Shell.await(
          service + " in " + zone + ": " + expected,
          SOON,
          () -> tasks(service, zone).equals(expected));
    }

    void awaitTasks(String service, String zone, int expected) {
      Shell.await(
          expected + " of " + service + " in " + zone,
          SOON,
          () -> tasks(service, zone).size() == expected);
    }

    void awaitRunning(String service, String zone, int expected) {
      Shell.await(
          expected + " running of " + service + " in " + zone,
          SOON,
          () -> running(tasks(service, zone)) == expected);
    }

    private int running(List<String> tasks) {
      if (tasks.isEmpty()) {
        return 0;
      }
      List<String> all = new ArrayList<>(List.of("describe-tasks", "--tasks"));
      all.addAll(tasks);
      all.addAll(List.of("--query", "length(tasks[?lastStatus=='RUNNING'])"));
      return Integer.parseInt(aws(all.toArray(String[]::new)));
    }

    void awaitStable(String service, int expected) {
      String settled = expected + "\t" + expected + "\t0\t1";
      Shell.await(
          service + " rests with " + expected,
          SOON,
          () -> settled.equals(aws("describe-services", "--services", service, "--query", COUNTS)));
    }
  }
}
