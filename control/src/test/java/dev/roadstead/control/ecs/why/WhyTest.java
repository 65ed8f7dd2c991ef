package dev.roadstead.control.ecs.why;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.ServiceDeploymentBuilder;
import dev.roadstead.control.ecs.table.WaitingTasks;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Things that go wrong, each named with its numbers.
class WhyTest {
  private static final String PULL = "CannotPullContainerError: ";
  private static final String START = "CannotStartContainerError: ";

  /// @param seed brings it about; yields what is asked about
  /// @param says what the evidence must contain
  /// @param change what the advice must contain
  record Seed(
      String name, Reason reason, Function<Seeds, String> seed, String says, String change) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Seed> all() {
    return Stream.of(rooms(), gates(), waits(), stops(), ends(), runs(), services(), places())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("all")
  void isNamed(Seed seed) throws IOException {
    Seeds seeds = new Seeds();
    String subject = seed.seed().apply(seeds);
    Finding finding = Why.of(seeds.ecs(), subject);
    assertThat(finding.reason()).as(finding.print()).isEqualTo(seed.reason());
    assertThat(String.join("\n", finding.evidence())).contains(seed.says());
    assertThat(finding.change()).contains(seed.change());
  }

  @Test
  void everyReasonHasASeed() {
    Set<Reason> open = EnumSet.allOf(Reason.class);
    all().forEach(seed -> open.remove(seed.reason()));
    assertThat(open).isEmpty();
  }

  private static List<Seed> rooms() {
    return List.of(
        new Seed(
            "no instance",
            Reason.NO_INSTANCE,
            it -> it.service("web", 1),
            "0 instances",
            "Start an agent"),
        new Seed(
            "no CPU",
            Reason.NO_CPU,
            it -> it.join("i1").define("large", "\"cpu\": 4096").service("large", 1),
            "i1: needs 4096 CPU units, 2048 are free",
            "Free 2048 CPU units on i1, add an instance, or ask for at most 2048."),
        new Seed(
            "no memory",
            Reason.NO_MEMORY,
            it -> it.join("i1").service("web", 3),
            "i1: needs 2048 MiB of memory, 0 are free",
            "Free 2048 MiB of memory on i1"),
        new Seed(
            "no GPU",
            Reason.NO_GPU,
            it ->
                it.join("i1")
                    .define(
                        "learn",
                        "\"resourceRequirements\": [{\"type\": \"GPU\", \"value\": \"2\"}]")
                    .service("learn", 1),
            "needs 2 GPUs, 0 are free",
            "Free 2 GPUs"),
        new Seed(
            "port clash",
            Reason.PORT_IN_USE,
            it ->
                it.join("i1")
                    .define(
                        "port",
                        "\"memory\": 100, \"portMappings\":"
                            + "[{\"containerPort\": 80, \"hostPort\": 80}]")
                    .service("port", 2),
            "host port 80/tcp of i1 is in use",
            "Free port 80 on i1"),
        new Seed(
            "missing attribute",
            Reason.ATTRIBUTE_MISSING,
            it ->
                it.join("i1")
                    .define("log", "\"logConfiguration\": {\"logDriver\": \"fluentd\"}")
                    .service("log", 1),
            "i1 lacks attribute",
            "Set attribute"));
  }

  private static List<Seed> gates() {
    return List.of(
        new Seed(
            "unmet constraint",
            Reason.CONSTRAINT_UNMET,
            it -> it.join("i1").constrained("attribute:color == blue"),
            "i1 does not match attribute:color == blue",
            "Change the constraint"),
        new Seed(
            "agent away",
            Reason.AGENT_AWAY,
            it -> it.join("i1").away("i1").service("web", 1),
            "the agent of i1 is not connected",
            "Start the agent of i1"),
        new Seed(
            "drained cluster",
            Reason.NONE_ACTIVE,
            it -> it.join("i1").status("i1", ContainerInstance.DRAINING).service("web", 1),
            "i1 is DRAINING",
            "Set i1 to ACTIVE"),
        new Seed(
            "empty provider",
            Reason.PROVIDER_EMPTY,
            it -> it.join("i1").provided("scaled"),
            "0 of 1 instances have joined scaled",
            "Start an agent with this capacity provider"));
  }

  private static List<Seed> waits() {
    return List.of(
        new Seed(
            "capacity wait",
            Reason.WAITS_FOR_ROOM,
            it -> it.join("i1", "scaled").waiting(3),
            "number 1 in the order of scaled",
            "Free 2048 MiB of memory on i1"),
        new Seed(
            "waited too long",
            Reason.WAITED_TOO_LONG,
            it -> it.later(it.waiting(1), WaitingTasks.LIMIT),
            "TaskFailedToStart: EMPTY CAPACITY PROVIDER",
            "Add room"));
  }

  private static List<Seed> stops() {
    return List.of(
        new Seed(
            "image not found",
            Reason.IMAGE_NOT_FOUND,
            it -> it.join("i1").ended(null, PULL + "manifest for b:1 not found"),
            "manifest for b:1 not found",
            "Correct or push b."),
        new Seed(
            "registry refused",
            Reason.REGISTRY_REFUSED,
            it -> it.join("i1").ended(null, PULL + "unauthorized: authentication required"),
            "unauthorized",
            "credentials"),
        new Seed(
            "bad command",
            Reason.BAD_COMMAND,
            it -> it.join("i1").ended(null, START + "exec: \"x\": executable file not found"),
            "executable file not found",
            "Correct command"),
        new Seed(
            "command not found in a shell",
            Reason.BAD_COMMAND,
            it -> it.join("i1").ended(127, null),
            "exit code 127",
            "Correct command"),
        new Seed(
            "container not made",
            Reason.NOT_STARTED,
            it -> it.join("i1").ended(null, START + "mount is not allowed"),
            "mount is not allowed",
            "reason"));
  }

  private static List<Seed> ends() {
    return List.of(
        new Seed(
            "out of memory",
            Reason.OUT_OF_MEMORY,
            it ->
                it.join("i1").ended(137, "OutOfMemoryError: Container killed due to memory usage"),
            "exit code 137",
            "Raise the limit"),
        new Seed(
            "dependency never healthy",
            Reason.DEPENDENCY_UNMET,
            it -> it.join("i1").ended(null, START + "dependency on container db (HEALTHY) never"),
            "dependency on container db",
            "waited for"),
        new Seed(
            "essential exit",
            Reason.EXITED,
            it -> it.join("i1").ended(3, null),
            "container a (b): STOPPED, exit code 3",
            "log"),
        new Seed(
            "finished", Reason.FINISHED, it -> it.join("i1").ended(0, null), "exit code 0", "Run"),
        new Seed(
            "no word of why",
            Reason.UNEXPLAINED,
            it -> it.join("i1").ended(null, null),
            "stop code",
            "stopped reason"),
        new Seed(
            "stopped by a caller",
            Reason.STOPPED_BY_CALLER,
            it -> it.join("i1").stopped("because"),
            "stopped by arn:aws:iam::123456789012:root",
            "Start it again"));
  }

  private static List<Seed> runs() {
    return List.of(
        new Seed(
            "running",
            Reason.AS_WANTED,
            it -> it.join("i1").running(Health.HEALTHY),
            "RUNNING",
            "Nothing"),
        new Seed(
            "failed health",
            Reason.HEALTH_FAILED,
            it -> it.join("i1").running(Health.UNHEALTHY),
            "health UNHEALTHY",
            "Correct the check"),
        new Seed(
            "placed, then the agent left",
            Reason.AGENT_AWAY,
            it -> it.join("i1").agentLeft(),
            "it is to run on i1, whose agent is not connected",
            "Start or reach the agent"),
        new Seed("starting", Reason.STARTING, it -> it.join("i1").placed(), "PENDING", "Wait"),
        new Seed("pulling", Reason.PULLING, it -> it.join("i1").pulling(), "PENDING", "Wait"),
        new Seed(
            "stopping",
            Reason.STOPPING,
            it -> it.join("i1").stopping(),
            "stopped reason: because",
            "Wait for its stop timeout"),
        new Seed(
            "scaled in",
            Reason.STOPPED_BY_SCHEDULER,
            it -> it.join("i1").scaledIn(),
            "Scaling activity initiated by",
            "Nothing"),
        new Seed(
            "lost instance",
            Reason.INSTANCE_GONE,
            it -> it.join("i1").deregistered(),
            "Container instance deregistration forced by user",
            "Nothing"));
  }

  private static List<Seed> services() {
    return List.of(
        new Seed(
            "crash loop",
            Reason.CRASH_LOOP,
            it -> it.join("i1").crashing(),
            "exited: Its essential container ended with an error.",
            "log"),
        new Seed(
            "failed deployment",
            Reason.DEPLOYMENT_FAILED,
            it ->
                it.join("i1")
                    .deployment(
                        it.service("web", 1),
                        one -> ServiceDeploymentBuilder.builder(one).rolloutState("FAILED")),
            "of 1 running",
            "deploy again"),
        new Seed(
            "rolling out",
            Reason.ROLLING_OUT,
            it -> it.join("i1").service("web", 1),
            "starting: It is being started.",
            "Wait"),
        new Seed(
            "blocked by its percentages",
            Reason.BLOCKED_BY_PERCENTAGES,
            it -> it.join("i1").blocked(),
            "was unable to stop or start tasks during a deployment",
            "minimumHealthyPercent"),
        new Seed(
            "without a task set",
            Reason.AS_WANTED,
            it -> it.join("i1").external(0),
            "it has no task set",
            ""),
        new Seed(
            "a task set without an instance",
            Reason.NO_INSTANCE,
            it -> it.external(1),
            "0 of 1 running",
            "Start an agent"),
        new Seed(
            "deleted service",
            Reason.DELETED,
            it -> it.join("i1").deleted(),
            "status DRAINING",
            "Create it again"));
  }

  private static List<Seed> places() {
    return List.of(
        new Seed(
            "draining",
            Reason.DRAINING,
            it -> it.join("i1").status("i1", ContainerInstance.DRAINING).named("default/i1"),
            "status DRAINING",
            "ACTIVE"),
        new Seed(
            "away",
            Reason.AGENT_AWAY,
            it -> it.join("i1").away("i1").named("default/i1"),
            "agent connected: false",
            "agent"),
        new Seed(
            "full",
            Reason.FULL,
            it -> it.join("i1").filled(),
            "free: 2048 CPU units, 0 MiB",
            "Add an instance"),
        new Seed(
            "unused",
            Reason.UNUSED,
            it -> it.join("i1").named("default/i1"),
            "0 tasks running",
            "Nothing"),
        new Seed(
            "empty cluster",
            Reason.NO_INSTANCE,
            it -> it.named("default"),
            "0 instances, 0 ACTIVE, 0 connected",
            "Start an agent"),
        new Seed(
            "no such thing",
            Reason.NOT_FOUND,
            it -> it.named("default/nothing"),
            "no cluster, service",
            "Check name"),
        new Seed(
            "no such cluster",
            Reason.NOT_FOUND,
            it -> it.named("arn:aws:ecs:eu-central-1:123456789012:task/none/x"),
            "no cluster",
            "Check name"));
  }
}
